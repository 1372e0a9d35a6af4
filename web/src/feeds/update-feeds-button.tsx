import { updateFeeds } from '@flotilla/contract/feeds';
import { Button, Loader } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { explanation, nextStep } from '../api/api-error.ts';
import { call } from '../api/call.ts';
import { counted } from '../pieces/words.ts';
import styles from './feeds.module.css';

/** Brings all feeds up to date now, and says what it waits for and how it ended. */
export function UpdateFeedsButton() {
  const queries = useQueryClient();
  const update = useMutation({
    mutationFn: () => call(updateFeeds, {}),
    onSettled: () => queries.invalidateQueries(),
  });
  return (
    <div className={styles.update}>
      <Button
        variant="default"
        aria-disabled={update.isPending}
        leftSection={update.isPending ? <Loader size={16} aria-hidden /> : <IconRefresh size={16} aria-hidden />}
        onClick={() => !update.isPending && update.mutate()}
      >
        {update.isPending ? 'Updating' : 'Update now'}
      </Button>
      <span className={update.error ? undefined : 'quiet'} data-tone={update.error ? 'bad' : undefined} role="status">
        {lineOf(update)}
      </span>
    </div>
  );
}

interface Update {
  isPending: boolean;
  error: unknown;
  data: Awaited<ReturnType<typeof call<typeof updateFeeds>>> | undefined;
}

function lineOf({ isPending, error, data }: Update): string {
  if (isPending) return 'Fetching each feed and storing what changed; a first time takes some minutes';
  if (error) return `${explanation(error)} ${nextStep(error)}`;
  if (!data) return '';
  const wrong = data.feeds.filter(({ failure, held }) => failure || held).length;
  if (wrong > 0) return `Updated; ${counted(wrong, 'feed')} could not be renewed, see below`;
  return 'All feeds are up to date; software they concern is judged again';
}
