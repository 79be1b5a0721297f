export interface Place {
  readonly x: number;
  readonly y: number;
}

export interface Area extends Place {
  readonly width: number;
  readonly height: number;
}

/** Between the tray icon, or the screen's edge, and the window. */
const GAP = 8;

/**
 * Where a window of this size opens: beside the tray icon where the platform tells where that is, else where it was
 * last, always wholly inside the screen's work area; `null` leaves it to the system.
 *
 * @param icon of no size where the platform does not tell
 */
export function windowPlace(
  size: Pick<Area, 'width' | 'height'>,
  icon: Area,
  last: Place | null,
  workArea: Area,
): Place | null {
  if (icon.width > 0 && icon.height > 0) {
    const isBarAtTop = icon.y + icon.height / 2 < workArea.y + workArea.height / 2;
    const x = icon.x + icon.width / 2 - size.width / 2;
    const y = isBarAtTop ? icon.y + icon.height + GAP : icon.y - size.height - GAP;
    return inside({ x, y }, size, workArea);
  }
  return last === null ? null : inside(last, size, workArea);
}

function inside({ x, y }: Place, size: Pick<Area, 'width' | 'height'>, area: Area): Place {
  const clamp = (value: number, least: number, most: number) => Math.max(least, Math.min(value, most));
  return {
    x: Math.round(clamp(x, area.x + GAP, area.x + area.width - size.width - GAP)),
    y: Math.round(clamp(y, area.y + GAP, area.y + area.height - size.height - GAP)),
  };
}
