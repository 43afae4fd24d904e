import type { Venue } from "../../src/sandbox/venue.ts";
import type { Death, DeathMoment, PointKind } from "./fate.ts";
import { MISHAPS, play, type Mishap, type PlayReport } from "./play.ts";

export interface EnumerationOptions {
  readonly market: Venue["market"];
  readonly seed: number;
  /** One of so many deaths is died, and all around what is sent to change something at the venue; 1 for all of them. */
  readonly every: number;
  /** Of so many of those lives the recovery is killed as well. */
  readonly recoveryEvery: number;
  readonly onPlay?: (done: number, count: number) => void;
}

/** What an enumeration has come to. */
export interface EnumerationReport {
  readonly market: Venue["market"];
  /** Points of an undisturbed life, by kind. */
  readonly points: Readonly<Partial<Record<PointKind, number>>>;
  readonly pointCount: number;
  readonly plays: number;
  readonly deaths: number;
  readonly orders: number;
  readonly fills: number;
  /** Virtual milliseconds from a start after a death to reconciled, smallest first. */
  readonly recoveriesMs: readonly number[];
  /** Each with the play that shows it. */
  readonly violations: readonly string[];
}

interface Plan {
  readonly deaths: readonly Death[];
  readonly isPowerCut: boolean;
  readonly mishap: Mishap;
}

/** Lives the script once to find every point at which it can be killed, then once for each of them, and holds each against the venue. */
export async function enumerateDeaths({ market, seed, every, recoveryEvery, onPlay }: EnumerationOptions): Promise<EnumerationReport> {
  const undisturbed = await play({ market, seed, deaths: [] });
  const [points = []] = undisturbed.lives;
  const plans = plansFor(points, { every, recoveryEvery });
  const reports: PlayReport[] = [undisturbed];
  const violations = undisturbed.violations.map((text) => `undisturbed: ${text}`);
  for (const [done, plan] of plans.entries()) {
    const report = await play({ market, seed, ...plan });
    reports.push(report);
    violations.push(...report.violations.map((text) => `${text} (${JSON.stringify({ market, seed, ...plan })})`));
    onPlay?.(done + 1, plans.length);
  }
  const sum = (of: (report: PlayReport) => number): number => reports.reduce((total, report) => total + of(report), 0);
  const counts: Partial<Record<PointKind, number>> = {};
  for (const kind of points) counts[kind] = (counts[kind] ?? 0) + 1;
  return {
    market,
    points: counts,
    pointCount: points.length,
    plays: reports.length,
    deaths: sum(({ lives }) => lives.length - 1),
    orders: sum(({ orders }) => orders),
    fills: sum(({ fills }) => fills),
    recoveriesMs: reports.flatMap(({ recoveriesMs }) => recoveriesMs).toSorted((left, right) => left - right),
    violations,
  };
}

/** Every point before and after it, appends torn as well; as the death of the process and as a power cut; what happens meanwhile goes round. */
function plansFor(points: readonly PointKind[], { every, recoveryEvery }: { every: number; recoveryEvery: number }): Plan[] {
  const deaths = points.flatMap((kind, index) => momentsOf(kind).map((moment): Death => ({ point: index + 1, moment })));
  const all = deaths.flatMap((death, index) =>
    [false, true].map((isPowerCut, cut): Plan => ({ deaths: [death], isPowerCut, mishap: mishapAt(index + cut) })),
  );
  const isOrder = ({ deaths: [death] }: Plan): boolean => death !== undefined && points[death.point - 1] === "order";
  const chosen = all.filter((plan, index) => index % every === 0 || isOrder(plan));
  // A recovery passes fewer points than a whole life: its deaths lie among the first of them.
  const twice = chosen
    .filter((_, index) => index % recoveryEvery === 0)
    .map(
      (plan, index): Plan => ({
        ...plan,
        deaths: [...plan.deaths, { point: 1 + ((index * 7) % 60), moment: index % 2 === 0 ? "before" : "after" }],
      }),
    );
  return [...chosen, ...twice];
}

function momentsOf(kind: PointKind): readonly DeathMoment[] {
  return kind === "append" ? ["before", "torn", "after"] : ["before", "after"];
}

function mishapAt(index: number): Mishap {
  return MISHAPS[index % MISHAPS.length] as Mishap;
}
