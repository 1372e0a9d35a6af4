import type { Policy } from '@flotilla/contract/policies';
import { Link } from '@tanstack/react-router';
import { Facts } from '../pieces/facts.tsx';
import { ScrollText } from '../pieces/scroll-text.tsx';
import { TimeAgo } from '../pieces/time-ago.tsx';
import styles from './policies.module.css';
import { platformWords, ruleWords } from './policy-words.ts';
import { ScopeName } from './scope-name.tsx';

/** What a policy asks, of which hosts, and what to do where it fails. */
export function PolicyFacts({ policy }: { policy: Policy }) {
  const { install_software: install, version_rule: rule } = policy;
  return (
    <section className={`panel ${styles.rule}`}>
      <div>
        <h2>{rule ? 'Rule' : 'Query: the policy passes where it finds a row'}</h2>
        {rule ? (
          <p>
            <Link to="/software/titles/$id" params={{ id: `${rule.software_title_id}` }}>
              {ruleWords(rule)}
            </Link>
          </p>
        ) : (
          <ScrollText label="Query">{policy.query}</ScrollText>
        )}
      </div>
      <Facts
        facts={[
          ['About', policy.description],
          ['What to do where it fails', policy.resolution],
          ['Scope', <ScopeName key="scope" policy={policy} />],
          ['Platforms', platformWords(policy.platform)],
          ['Installs where it begins to fail', install && <Install key="install" install={install} />],
          ['Made by', policy.author_name],
          ['Changed', <TimeAgo key="at" at={policy.updated_at} />],
        ]}
      />
    </section>
  );
}

function Install({ install }: { install: NonNullable<Policy['install_software']> }) {
  return (
    <Link to="/software/titles/$id" params={{ id: `${install.software_title_id}` }}>
      {install.display_name || install.name}
    </Link>
  );
}
