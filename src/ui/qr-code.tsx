import { useMemo } from 'react';
import { qrCode } from '../base/qr-code.ts';

/** The light that a reader needs around it. */
const QUIET = 4;

/** A text for a telephone's camera: dark on light in every theme, since readers look for that. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const rows = useMemo(() => qrCode(text), [text]);
  const path = rows
    .flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x + QUIET} ${y + QUIET}h1v1h-1z`] : [])))
    .join('');
  const width = rows.length + 2 * QUIET;
  return (
    <svg role="img" aria-label={label} viewBox={`0 0 ${width} ${width}`} shapeRendering="crispEdges">
      <rect width={width} height={width} fill="#ffffff" />
      <path d={path} fill="#000000" />
    </svg>
  );
}
