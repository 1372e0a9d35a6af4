import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { feedsQuery } from '../feeds/feeds-query.ts';
import { Facts } from '../pieces/facts.tsx';
import { TimeAgo } from '../pieces/time-ago.tsx';
import { capital, counted } from '../pieces/words.ts';
import { feedTitle, identityWords, remarkWords } from '../vulnerabilities/finding-words.ts';
import styles from './evidence.module.css';
import { RawRecord } from './raw-record.tsx';
import { rangeText, roleWords, type Statement, said, standingWords } from './verdict-words.ts';

/** What one record of a feed says about the software, and what came of that. */
export function StatementEntry({ statement }: { statement: Statement }) {
  const { role, reason, detail, advisory, key, compared, comparator, fix_version, remark } = statement;
  const why = detail || reason?.replaceAll('_', ' ');
  return (
    <div className={`panel ${styles.statement}`}>
      {role !== 'decides' && <p className="quiet">{roleWords[role]}.</p>}
      <Facts
        facts={[
          ['Says', `${said(statement)}${why ? `: ${why}` : ''}`],
          ['Feed', <Feed key="feed" name={statement.feed} />],
          ['Record', <Mono key="record">{advisory}</Mono>],
          ['Found under', <Mono key="key">{key}</Mono>],
          ['Compared version', compared && <Mono key="compared">{compared}</Mono>],
          ['Compared by', `the rules of ${comparator}`],
          ['Affected versions', <Ranges key="ranges" statement={statement} />],
          ['Fixed in', fix_version ?? (statement.verdict === 'affected' && 'no fix known')],
          ['Ended by', statement.ended_by.join(', ')],
          ['Only where', statement.only.join('; ')],
          ['Identity from', statement.identity && identityWords(statement.identity)],
          ['Confidence', statement.confidence],
          ['Remark', remark && remarkWords(remark)],
        ]}
      />
      <RawRecord statement={statement} />
    </div>
  );
}

function Mono({ children }: { children: string }) {
  return <span className="mono">{children}</span>;
}

/** A feed and how old what it says is. */
function Feed({ name }: { name: string }) {
  const { data } = useQuery(feedsQuery);
  const feed = data?.feeds.find((one) => one.name === name);
  const at = feed?.published_at ?? feed?.fetched_at;
  return (
    <>
      <Link to="/feeds">{capital(feedTitle(name))}</Link>
      {at && (
        <span className="quiet">
          , {feed?.published_at ? 'published' : 'fetched'} <TimeAgo at={at} />
          {feed?.is_snapshot && ', as it came with Flotilla'}
        </span>
      )}
    </>
  );
}

const mostRanges = 20;

function Ranges({ statement: { kind, ranges } }: { statement: Statement }) {
  if (kind === 'not_affected') return 'none, says the record';
  if (kind === 'undetermined') return 'not yet found out, says the record';
  // What the installed version is in comes first: the rest of a long record only completes the picture.
  const distinct = [...new Map(ranges.map((range) => [rangeText(range), range])).values()];
  const sorted = distinct.toSorted((a, b) => Number(b.standing === 'inside') - Number(a.standing === 'inside'));
  return (
    <ul className={styles.lines}>
      {sorted.slice(0, mostRanges).map((range) => (
        <li key={rangeText(range)}>
          <span className="mono">{rangeText(range)}</span>
          <span className="quiet">: {standingWords[range.standing]}</span>
        </li>
      ))}
      {sorted.length > mostRanges && (
        <li className="quiet">and {counted(sorted.length - mostRanges, 'range')} more, in the stored record</li>
      )}
    </ul>
  );
}
