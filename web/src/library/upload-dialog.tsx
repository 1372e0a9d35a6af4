import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { reasonsByField } from '../api/api-error.ts';
import dialog from '../pieces/dialog.module.css';
import { Dialog } from '../pieces/dialog.tsx';
import { Failure } from '../pieces/failure.tsx';
import { FileField } from './file-field.tsx';
import { LibraryFleet } from './library-fleet.tsx';
import { ScriptFields } from './script-fields.tsx';
import { UploadProgress } from './upload-progress.tsx';
import { fileTrouble, type ScriptField, scriptFields, uploadForm } from './upload-words.ts';
import { useFileDrop } from './use-file-drop.ts';
import { useLibraryFleet } from './use-library-fleet.ts';
import { useUpload } from './use-upload.ts';

interface Props {
  /** A file that was dropped on the page. */
  file?: File;
  close: () => void;
}

/** Chooses a package and sends it: progress with a way to cancel, then the way to its title. */
export default function UploadDialog({ file: dropped, close }: Props) {
  const [file, setFile] = useState(dropped);
  const [scripts, setScripts] = useState<Partial<Record<ScriptField, string>>>({});
  const { sending, progress, cancel, error, isCancelled } = useUpload();
  const library = useLibraryFleet();
  const isOver = useFileDrop(sending.isPending ? undefined : setFile);
  const reasons = reasonsByField(error, ['software', 'fleet_id', ...scriptFields]);
  const trouble = file ? fileTrouble(file) : '';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (file && trouble === '' && !sending.isPending) sending.mutate(uploadForm(file, scripts, library.fleet));
  };
  const again = () => {
    setFile(undefined);
    sending.reset();
  };
  if (sending.isSuccess) {
    return (
      <Dialog title="Uploaded" close={close}>
        <Uploaded package={sending.data.software_package} close={close} again={again} />
      </Dialog>
    );
  }
  return (
    <Dialog title="Upload a package" close={close} wide hold={sending.isPending}>
      <form className={dialog.form} onSubmit={submit}>
        <FileField
          file={file}
          set={setFile}
          isOver={isOver}
          isLocked={sending.isPending}
          trouble={trouble || reasons.software}
        />
        <LibraryFleet {...library} isLocked={sending.isPending} error={reasons.fleet_id} />
        <ScriptFields scripts={scripts} set={setScripts} reasons={reasons} isLocked={sending.isPending} />
        {reasons.base && <Failure error={error} />}
        {isCancelled && <p role="status">Cancelled; nothing was stored.</p>}
        {sending.isPending && <UploadProgress progress={progress} />}
        <div className={dialog.buttons}>
          {sending.isPending ? (
            <Button variant="default" onClick={cancel}>
              Cancel the upload
            </Button>
          ) : (
            <>
              <Button variant="default" onClick={close}>
                Go back
              </Button>
              <Button type="submit" disabled={!file || trouble !== ''}>
                Upload
              </Button>
            </>
          )}
        </div>
      </form>
    </Dialog>
  );
}

interface UploadedProps {
  package: { title_id: number; name: string; version: string };
  close: () => void;
  again: () => void;
}

function Uploaded({ package: { title_id, name, version }, close, again }: UploadedProps) {
  return (
    <div className={dialog.form} role="status">
      <p>
        {name}, version {version}, is in the library. It can be installed on hosts from now on.{' '}
        <Link to="/software/titles/$id" params={{ id: `${title_id}` }} onClick={close}>
          See the title
        </Link>
      </p>
      <div className={dialog.buttons}>
        <Button variant="default" onClick={again}>
          Upload another
        </Button>
      </div>
    </div>
  );
}
