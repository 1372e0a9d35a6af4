import { PasswordInput, TextInput } from '@mantine/core';
import { NumberField } from '../pieces/number-field.tsx';
import type { WebhookDraft } from './receiver-draft.ts';

interface Props {
  draft: WebhookDraft;
  set: (changes: Partial<WebhookDraft>) => void;
  reasons: Record<string, string>;
}

/** Where a webhook is, and what signs what it gets. */
export function WebhookFields({ draft, set, reasons }: Props) {
  return (
    <>
      <TextInput
        label="Address"
        type="url"
        required
        withAsterisk={false}
        maxLength={2048}
        value={draft.url}
        error={reasons.destination_url}
        onChange={({ currentTarget }) => set({ url: currentTarget.value })}
      />
      <PasswordInput
        label="Secret that signs what is sent"
        description="Stars stand for the one that is there; without one nothing is signed"
        autoComplete="off"
        maxLength={1024}
        value={draft.secret}
        error={reasons.secret}
        onChange={({ currentTarget }) => set({ secret: currentTarget.value })}
      />
      <NumberField
        label="Hosts in one message; 0 for as many as fit"
        min={0}
        max={100_000}
        value={draft.size}
        set={(size) => set({ size })}
      />
    </>
  );
}
