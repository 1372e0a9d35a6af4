import { IconCheck } from '@tabler/icons-react';
import styles from './role-matrix.module.css';
import { roleChoices, roleMatrix } from './roles.ts';

/** What each role may do, as a table. */
export function RoleMatrix() {
  return (
    <details>
      <summary>What each role may do</summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard */}
      <section className={styles.scroll} aria-label="Roles" tabIndex={0}>
        <table className={styles.matrix}>
          <thead>
            <tr>
              <th scope="row">May</th>
              {roleChoices.map(({ value, label }) => (
                <th key={value} scope="col">
                  {label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {roleMatrix.map(({ does, roles }) => (
              <tr key={does}>
                <th scope="row">{does}</th>
                {roleChoices.map(({ value }) => (
                  <td key={value}>
                    {roles.includes(value) ? (
                      <IconCheck size={16} role="img" aria-label="yes" />
                    ) : (
                      <span className="quiet">no</span>
                    )}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </details>
  );
}
