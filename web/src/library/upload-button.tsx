import { Button } from '@mantine/core';
import { IconUpload } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { useMay } from '../accounts/may.ts';
import styles from './library.module.css';
import { useFileDrop } from './use-file-drop.ts';

const UploadDialog = lazy(() => import('./upload-dialog.tsx'));

/** Opens the upload; a file that is dropped on the page opens it too. */
export function UploadButton({ children = 'Upload a package', quiet }: { children?: string; quiet?: boolean }) {
  const may = useMay('software:write', 'somewhere');
  const [open, setOpen] = useState<{ file?: File }>();
  const isOver = useFileDrop(may && open === undefined ? (file) => setOpen({ file }) : undefined);
  if (!may) return null;
  return (
    <>
      <Button
        variant={quiet ? 'default' : 'filled'}
        aria-haspopup="dialog"
        leftSection={<IconUpload size={16} aria-hidden />}
        onClick={() => setOpen({})}
      >
        {children}
      </Button>
      {isOver && <div className={styles.over}>Drop the package to upload it</div>}
      {open && (
        <Suspense>
          <UploadDialog file={open.file} close={() => setOpen(undefined)} />
        </Suspense>
      )}
    </>
  );
}
