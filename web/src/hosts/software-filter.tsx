import dialog from '../pieces/dialog.module.css';
import { Dialog } from '../pieces/dialog.tsx';
import { TitleChoice } from '../policies/title-choice.tsx';

interface Props {
  choose: (title: number) => void;
  close: () => void;
}

/** Chooses the title that the hosts of a list have to have. */
export default function SoftwareFilter({ choose, close }: Props) {
  return (
    <Dialog title="Hosts with a software" close={close}>
      <div className={dialog.form}>
        <TitleChoice
          label="Title"
          about="In any version"
          chosen={undefined}
          choose={(title) => title && choose(title.id)}
        />
      </div>
    </Dialog>
  );
}
