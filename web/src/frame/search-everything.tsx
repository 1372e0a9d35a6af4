import { Combobox, TextInput, useCombobox } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useLocation, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { counted } from '../pieces/words.ts';
import { destination, type Hit } from './hits.ts';
import styles from './top-bar.module.css';
import { useHits } from './use-hits.ts';
import { searchFieldId } from './use-shortcuts.ts';

/** Finds hosts and software from every page; Enter opens the first answer. */
export function SearchEverything() {
  const [text, setText] = useState('');
  const navigate = useNavigate();
  const softwareFirst = useLocation({ select: ({ pathname }) => pathname.startsWith('/software') });
  const box = useCombobox({ onDropdownClose: () => box.resetSelectedOption() });
  const groups = useHits(box.dropdownOpened ? text.trim() : '', softwareFirst);
  const go = (value: string) => {
    box.closeDropdown();
    setText('');
    (document.activeElement as HTMLElement | null)?.blur();
    void navigate(destination(value, text.trim()));
  };
  return (
    <Combobox store={box} onOptionSubmit={go} shadow="md" withinPortal={false} transitionProps={{ duration: 0 }}>
      <Combobox.Target>
        <TextInput
          id={searchFieldId}
          type="search"
          aria-label="Search hosts and software"
          placeholder="Search hosts and software"
          autoComplete="off"
          value={text}
          leftSection={<IconSearch size={16} aria-hidden />}
          rightSection={<kbd className={styles.key}>/</kbd>}
          rightSectionPointerEvents="none"
          onChange={({ currentTarget }) => {
            setText(currentTarget.value);
            box.openDropdown();
            box.updateSelectedOptionIndex();
            if (currentTarget.value.trim() === '') box.closeDropdown();
            else requestAnimationFrame(() => box.selectFirstOption());
          }}
          onFocus={() => text.trim() !== '' && box.openDropdown()}
          onBlur={() => box.closeDropdown()}
          onKeyDown={(event) => {
            if (event.key === 'Escape') event.currentTarget.blur();
          }}
        />
      </Combobox.Target>
      <Combobox.Dropdown hidden={text.trim() === ''}>
        <Combobox.Options aria-label="Answers">
          {groups.map((group) => (
            <HitGroup key={group.kind} text={text.trim()} {...group} />
          ))}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}

interface GroupProps {
  kind: 'hosts' | 'software';
  text: string;
  count: number | undefined;
  hits: Hit[];
}

function HitGroup({ kind, text, count, hits }: GroupProps) {
  const noun = kind === 'hosts' ? 'host' : 'title';
  return (
    <Combobox.Group label={kind === 'hosts' ? 'Hosts' : 'Software'}>
      <Combobox.Option value={`${kind}:all`} className={styles.hit}>
        <span>
          All {kind === 'hosts' ? 'hosts' : 'software'} matching “{text}”
        </span>
        <span className="quiet number">{count === undefined ? '' : counted(count, noun)}</span>
      </Combobox.Option>
      {hits.map((hit) => (
        <Combobox.Option key={hit.id} value={`${kind}:${hit.id}`} className={styles.hit}>
          <span>{hit.name}</span>
          <span className="quiet">{hit.detail}</span>
        </Combobox.Option>
      ))}
    </Combobox.Group>
  );
}
