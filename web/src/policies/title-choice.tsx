import { listTitles } from '@flotilla/contract/software';
import { CloseButton, Combobox, TextInput, useCombobox } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { explanation } from '../api/api-error.ts';
import { ask } from '../api/queries.ts';
import { sourceName } from '../software/source-names.ts';
import styles from './policies.module.css';
import type { ChosenTitle } from './policy-draft.ts';

interface Props {
  label: string;
  about: string;
  chosen: ChosenTitle | undefined;
  choose: (title: ChosenTitle | undefined) => void;
  /** Only titles that have a package. */
  onlyLibrary?: boolean;
  error?: string;
}

const shown = 8;

/** Finds a title by its name. */
export function TitleChoice({ label, about, chosen, choose, onlyLibrary, error }: Props) {
  const [text, setText] = useState<string>();
  const box = useCombobox({ onDropdownClose: () => box.resetSelectedOption() });
  const [query] = useDebouncedValue(text?.trim() || undefined, 150);
  const asked = useQuery({
    ...ask(listTitles, { query: { query, per_page: shown, available_for_install: onlyLibrary } }),
    enabled: box.dropdownOpened,
    placeholderData: keepPreviousData,
  });
  const titles = asked.data?.software_titles ?? [];
  const pick = (value: string) => {
    const title = titles.find(({ id }) => `${id}` === value);
    if (title) choose({ id: title.id, name: title.display_name || title.name });
    setText(undefined);
    box.closeDropdown();
  };
  return (
    <Combobox store={box} onOptionSubmit={pick} shadow="md" withinPortal={false} transitionProps={{ duration: 0 }}>
      <Combobox.Target>
        <TextInput
          label={label}
          description={about}
          placeholder="Search by name"
          autoComplete="off"
          error={error}
          value={text ?? chosen?.name ?? ''}
          rightSection={
            chosen && <CloseButton size="sm" aria-label={`Clear: ${label}`} onClick={() => choose(undefined)} />
          }
          onChange={({ currentTarget }) => {
            setText(currentTarget.value);
            box.openDropdown();
          }}
          onFocus={() => box.openDropdown()}
          onBlur={() => {
            box.closeDropdown();
            setText(undefined);
          }}
        />
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Options aria-label={label}>
          {titles.map((title) => (
            <Combobox.Option key={title.id} value={`${title.id}`} className={styles.option}>
              <span>{title.display_name || title.name}</span>
              <span className="quiet">{sourceName(title.source, title.extension_for)}</span>
            </Combobox.Option>
          ))}
          {titles.length === 0 && (
            <Combobox.Empty>
              {asked.error ? explanation(asked.error) : asked.data ? 'No title matches' : 'Searching'}
            </Combobox.Empty>
          )}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
