export interface Place {
  readonly x: number;
  readonly y: number;
}

export interface Area extends Place {
  readonly width: number;
  readonly height: number;
}

/** Between what the window opens at, or the screen's edge, and the window. */
const GAP = 8;

/** How high the window's page may be, in pixels, where the work area has room for it. */
export const HEIGHTS = { lowest: 400, highest: 720 };

/**
 * Where a window of this size opens: beside the tray icon where the platform tells where that is, at the pointer that
 * pressed it where it does not, else where it was last, always wholly inside the screen's work area; `null` leaves it to
 * the system.
 *
 * @param beside the icon, or a pointer, which has no size; `null` where neither is known
 */
export function windowPlace(
  size: Pick<Area, 'width' | 'height'>,
  beside: Area | null,
  last: Place | null,
  workArea: Area,
): Place | null {
  if (beside !== null) {
    const isBarAtTop = beside.y + beside.height / 2 < workArea.y + workArea.height / 2;
    const x = beside.x + beside.width / 2 - size.width / 2;
    const y = isBarAtTop ? beside.y + beside.height + GAP : beside.y - size.height - GAP;
    return inside({ x, y }, size, workArea);
  }
  return last === null ? null : inside(last, size, workArea);
}

/**
 * The window, frame and all, once it has followed its page: as high as that, from the lowest to the highest, never
 * higher than the work area. It stays where it is, or with its foot where that stands at the work area's edge, as beside
 * a bar at the bottom; and goes up where it would reach beyond.
 *
 * @param bounds of the window, frame and all
 * @param frame how much of its height is not the page's
 * @param page how high the page would like to be
 */
export function followed(bounds: Area, frame: number, page: number, workArea: Area): Area {
  const foot = workArea.y + workArea.height - GAP;
  const most = Math.min(HEIGHTS.highest, workArea.height - 2 * GAP - frame);
  const height = Math.max(HEIGHTS.lowest, Math.min(page, most)) + frame;
  const standsAtFoot = bounds.y + bounds.height >= foot;
  const y = standsAtFoot ? foot - height : Math.min(bounds.y, foot - height);
  return { ...bounds, y: Math.max(y, workArea.y), height };
}

function inside({ x, y }: Place, size: Pick<Area, 'width' | 'height'>, area: Area): Place {
  const clamp = (value: number, least: number, most: number) => Math.max(least, Math.min(value, most));
  return {
    x: Math.round(clamp(x, area.x + GAP, area.x + area.width - size.width - GAP)),
    y: Math.round(clamp(y, area.y + GAP, area.y + area.height - size.height - GAP)),
  };
}
