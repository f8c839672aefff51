import { piecesOf } from './links.ts';
import './user-text.css';

/** What a person wrote, as `UserText` shows it, with its links to be pressed: text all the same, and never markup. */
export function LinkedText({ children }: { children: string }) {
  return (
    <p className="ui-user-text" dir="auto">
      <LinkedPieces>{children}</LinkedPieces>
    </p>
  );
}

/** The same as a part of a paragraph that stands there. */
export function LinkedPieces({ children }: { children: string }) {
  return piecesOf(children).map(({ text, href, at }) =>
    href === undefined ? (
      text
    ) : (
      // An address of its own direction, that tells nobody where it was pressed.
      <bdi key={at}>
        <a href={href} target="_blank" rel="noopener noreferrer nofollow" referrerPolicy="no-referrer">
          {text}
        </a>
      </bdi>
    ),
  );
}
