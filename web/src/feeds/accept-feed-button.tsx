import { acceptFeed, type FeedState } from '@flotilla/contract/feeds';
import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useMay } from '../accounts/may.ts';
import { call } from '../api/call.ts';
import { Confirm } from '../pieces/confirm.tsx';
import styles from './feeds.module.css';

/** For data that are held: the way to use them all the same. */
export function AcceptFeedButton({ feed }: { feed: FeedState }) {
  const may = useMay('feeds:write');
  const [isOpen, setOpen] = useState(false);
  const queries = useQueryClient();
  const accept = useMutation({
    mutationFn: () => call(acceptFeed, { params: { name: feed.name } }),
    onSuccess: async () => {
      setOpen(false);
      await queries.invalidateQueries();
    },
  });
  if (!may) return null;
  return (
    <div className={styles.accept}>
      <Button variant="default" aria-haspopup="dialog" onClick={() => setOpen(true)}>
        Use it anyway
      </Button>
      {isOpen && (
        <Confirm
          title={`Use what ${feed.title} says now?`}
          verb="Use it anyway"
          danger
          run={() => accept.mutate()}
          isRunning={accept.isPending}
          error={accept.error}
          close={() => setOpen(false)}
        >
          <ul>
            <li>Held because: {feed.held?.reason}.</li>
            <li>The feed is asked for again, and what it says then is used without these checks.</li>
            <li>Findings that it no longer supports close, and new ones open. Later data are checked again.</li>
            <li>It is written into the activities, with your name and the reason.</li>
          </ul>
        </Confirm>
      )}
    </div>
  );
}
