import { Button, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import styles from './evidence.module.css';
import { evidenceOf, explainedIn } from './evidence-search.ts';

/** Explains why a vulnerability that a person names is found in this version or is not. */
export function WhyNotCve({ versionId }: { versionId: number }) {
  const navigate = useNavigate();
  const [cve, setCve] = useState('');
  const [error, setError] = useState<string>();
  const explain = (event: FormEvent) => {
    event.preventDefault();
    const evidence = evidenceOf({ versionId, cve: cve.trim().toUpperCase() });
    if (!explainedIn(evidence)) return setError('Give the id of a vulnerability, such as CVE-2024-3094');
    setError(undefined);
    void navigate({
      to: '.',
      search: ((before: object) => ({ ...before, evidence })) as never,
      resetScroll: false,
    });
  };
  return (
    <form className={styles.whyNotCve} onSubmit={explain} noValidate>
      <TextInput
        label="Why is a vulnerability not found here?"
        placeholder="CVE-2024-3094"
        autoComplete="off"
        value={cve}
        error={error}
        onChange={({ currentTarget }) => setCve(currentTarget.value)}
      />
      <Button type="submit" variant="default">
        Explain
      </Button>
    </form>
  );
}
