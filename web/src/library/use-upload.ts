import { uploadPackage } from '@flotilla/contract/packages';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { type Sent, upload } from '../api/upload.ts';

const nothing: Sent = { sent: 0, total: 0 };

/** Sends a package to the library; it ends with the place that shows it. */
export function useUpload() {
  const queries = useQueryClient();
  const [progress, setProgress] = useState(nothing);
  const stop = useRef<AbortController>(undefined);
  const sending = useMutation({
    mutationFn: (form: FormData) => {
      stop.current = new AbortController();
      setProgress(nothing);
      return upload(uploadPackage, { form, onProgress: setProgress, signal: stop.current.signal });
    },
    onSuccess: () => queries.invalidateQueries(),
  });
  useEffect(() => () => stop.current?.abort(), []);
  const isCancelled = sending.error instanceof DOMException;
  return {
    sending,
    progress,
    cancel: () => stop.current?.abort(),
    error: isCancelled ? null : sending.error,
    isCancelled,
  };
}
