import { withNumbers } from '../../../base/phone.ts';
import { LinkedPieces } from '../../../ui/linked-text.tsx';
import { piecesOf } from '../../../ui/links.ts';

/** What was written, its links and numbers one press each: an address with digits in it is no number. */
export function Callable({ children }: { children: string }) {
  return (
    <p className="ui-user-text" dir="auto">
      {piecesOf(children).map((piece) =>
        piece.href === undefined ? (
          <Numbers key={piece.at}>{piece.text}</Numbers>
        ) : (
          <LinkedPieces key={piece.at}>{piece.text}</LinkedPieces>
        ),
      )}
    </p>
  );
}

function Numbers({ children }: { children: string }) {
  return withNumbers(children).map(({ text, href, at }) =>
    href === undefined ? (
      text
    ) : (
      <a key={at} href={href}>
        <bdi dir="ltr">{text}</bdi>
      </a>
    ),
  );
}
