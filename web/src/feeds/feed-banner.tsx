import { IconRss } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { liveMs } from '../api/queries.ts';
import { useNow } from '../pieces/now.ts';
import styles from './feed-banner.module.css';
import { feedTrouble } from './feed-trouble.ts';
import { feedsQuery } from './feeds-query.ts';

/** On every page, while findings rest on data that are old, held, or missing. */
export function FeedBanner() {
  const { data } = useQuery({ ...feedsQuery, refetchInterval: liveMs });
  const now = useNow();
  const sentences = data ? feedTrouble(data.feeds, now) : [];
  if (sentences.length === 0) return null;
  return (
    <section className={styles.banner} aria-label="Vulnerability data">
      <IconRss size={20} aria-hidden />
      <p role="status">
        {sentences.join(' ')} <Link to="/feeds">See the feeds</Link>
      </p>
    </section>
  );
}
