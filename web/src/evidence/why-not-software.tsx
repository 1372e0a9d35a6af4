import type { ResponseOf } from '@flotilla/contract/route';
import { listVersions } from '@flotilla/contract/software';
import { Combobox, TextInput, useCombobox } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { explanation } from '../api/api-error.ts';
import { ask } from '../api/queries.ts';
import { useFleetId } from '../fleets/use-fleet.ts';
import { sourceName } from '../software/source-names.ts';
import styles from './evidence.module.css';
import { evidenceOf } from './evidence-search.ts';

const shown = 8;

/** Explains why a software version that a person names is affected by a vulnerability or is not. */
export function WhyNotSoftware({ cve }: { cve: string }) {
  const navigate = useNavigate();
  const fleet_id = useFleetId();
  const [text, setText] = useState('');
  const box = useCombobox({ onDropdownClose: () => box.resetSelectedOption() });
  const [query] = useDebouncedValue(text.trim(), 150);
  const asked = useQuery({
    ...ask(listVersions, { query: { fleet_id, query, per_page: shown } }),
    enabled: box.dropdownOpened && query !== '',
    placeholderData: keepPreviousData,
  });
  const versions = query === '' ? [] : (asked.data?.software ?? []);
  const explain = (id: string) => {
    box.closeDropdown();
    const evidence = evidenceOf({ versionId: Number(id), cve });
    void navigate({
      to: '.',
      search: ((before: object) => ({ ...before, evidence })) as never,
      resetScroll: false,
    });
  };
  return (
    <section className={styles.whyNot}>
      <h2>Why not something else?</h2>
      <Combobox
        store={box}
        onOptionSubmit={explain}
        shadow="md"
        withinPortal={false}
        transitionProps={{ duration: 0 }}
        hideDetached={false}
      >
        <Combobox.Target>
          <TextInput
            label="Explain it for other software on your hosts"
            placeholder="Search by name"
            autoComplete="off"
            value={text}
            onChange={({ currentTarget }) => {
              setText(currentTarget.value);
              box.openDropdown();
            }}
            onFocus={() => box.openDropdown()}
            onBlur={() => box.closeDropdown()}
          />
        </Combobox.Target>
        <Combobox.Dropdown hidden={query === ''}>
          <Combobox.Options aria-label="Software">
            <Options versions={versions} />
            {versions.length === 0 && (
              <Combobox.Empty>
                {asked.error ? explanation(asked.error) : asked.data ? 'No software matches' : 'Searching'}
              </Combobox.Empty>
            )}
          </Combobox.Options>
        </Combobox.Dropdown>
      </Combobox>
    </section>
  );
}

function Options({ versions }: { versions: ResponseOf<typeof listVersions>['software'] }) {
  return versions.map(({ id, name, version, source, extension_for }) => (
    <Combobox.Option key={id} value={`${id}`} className={styles.option}>
      <span>
        {name} {version}
      </span>
      <span className="quiet">{sourceName(source, extension_for)}</span>
    </Combobox.Option>
  ));
}
