/** The sign of Flotilla. */
export function Mark({ size = 24 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="7" fill="#0b6f6c" />
      <path d="M7 22h18l-3 4H10z" fill="#fff" />
      <path d="M15 6v14H7.5z" fill="#fff" />
      <path d="M17 9v11h7z" fill="#bfe6e2" />
    </svg>
  );
}
