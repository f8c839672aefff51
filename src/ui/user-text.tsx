import './user-text.css';

/** What a person wrote: in its own direction, its own line breaks, and never as markup. */
export function UserText({ children }: { children: string }) {
  return (
    <p className="ui-user-text" dir="auto">
      {children}
    </p>
  );
}

/** A name or a few written words inside our sentence. */
export function UserName({ children }: { children: string }) {
  return <bdi>{children}</bdi>;
}
