/** Levels kept in the dense part, whole price steps; a multiple of 32. */
const WINDOW = 1 << 15;

/** How far from the window's start the best level is put when the window moves. */
const LEAD = WINDOW / 4;

/** Most levels remembered beyond the window; the worst go first. */
const FAR_MAX = 20_000;

/**
 * One side of a price ladder. Levels are named by a key that grows away from the market: the price in steps for asks, its negative for
 * bids. Near the best level they lie in a dense array with a bitmap over it, so a change costs a few instructions and the next level is
 * found 32 steps at a time; the others lie in a map, all of them further away than the whole window.
 */
export class LadderSide {
  /** Quantity in steps by `key - #base`; 0 where there is no level. */
  readonly #quantities = new Float64Array(WINDOW);
  readonly #bits = new Int32Array(WINDOW / 32);
  readonly #far = new Map<number, number>();
  /** The key at the start of the window; NaN while the side is empty and has none. */
  #base = NaN;
  /** Place of the best level in the window; WINDOW when the window is empty. */
  #best = WINDOW;

  /** Key of the best level; NaN when there is none. */
  get bestKey(): number {
    return this.#best === WINDOW ? NaN : this.#base + this.#best;
  }

  /** Steps on offer at the best level; 0 when there is none. */
  get bestQuantity(): number {
    return this.#best === WINDOW ? 0 : (this.#quantities[this.#best] as number);
  }

  /** Sets a level; 0 removes it. Both are whole numbers of steps. */
  set(key: number, quantity: number): void {
    const at = key - this.#base;
    if (at >= 0 && at < WINDOW) {
      this.#quantities[at] = quantity;
      const word = at >>> 5;
      if (quantity !== 0) {
        this.#bits[word] = (this.#bits[word] as number) | (1 << (at & 31));
        if (at < this.#best) this.#best = at;
        return;
      }
      this.#bits[word] = (this.#bits[word] as number) & ~(1 << (at & 31));
      if (at === this.#best) this.#findBest(at + 1);
      return;
    }
    this.#setOutside(key, quantity);
  }

  /** What is on offer at a level, steps. */
  quantityAt(key: number): number {
    const at = key - this.#base;
    return at >= 0 && at < WINDOW ? (this.#quantities[at] as number) : (this.#far.get(key) ?? 0);
  }

  clear(): void {
    this.#quantities.fill(0);
    this.#bits.fill(0);
    this.#far.clear();
    this.#base = NaN;
    this.#best = WINDOW;
  }

  /** Writes the best levels, best first, into two columns; returns how many there are, at most `limit`. */
  read(keys: Float64Array, quantities: Float64Array, limit: number): number {
    let count = this.#readWindow(keys, quantities, limit);
    if (count === limit || this.#far.size === 0) return count;
    for (const key of Float64Array.from(this.#far.keys()).toSorted()) {
      if (count === limit) break;
      keys[count] = key;
      quantities[count] = this.#far.get(key) as number;
      count += 1;
    }
    return count;
  }

  /** The same within the window; on the hot path. */
  #readWindow(keys: Float64Array, columns: Float64Array, limit: number): number {
    if (this.#best === WINDOW) return 0;
    const bits = this.#bits;
    const quantities = this.#quantities;
    const base = this.#base;
    let count = 0;
    let word = this.#best >>> 5;
    for (let left = bits[word] as number; ; left = bits[word] as number) {
      for (; left !== 0; left &= left - 1) {
        const at = (word << 5) + (31 - Math.clz32(left & -left));
        keys[count] = base + at;
        columns[count] = quantities[at] as number;
        count += 1;
        if (count === limit) return count;
      }
      word += 1;
      if (word === WINDOW / 32) return count;
    }
  }

  /** Number of levels. */
  get size(): number {
    let count = this.#far.size;
    for (let at = this.#best; at < WINDOW; at = this.#next(at + 1)) count += 1;
    return count;
  }

  /** The first level at or after a place of the window; WINDOW when there is none. */
  #next(from: number): number {
    if (from >= WINDOW) return WINDOW;
    let word = from >>> 5;
    let bits = (this.#bits[word] as number) & (-1 << (from & 31));
    while (bits === 0) {
      word += 1;
      if (word === WINDOW / 32) return WINDOW;
      bits = this.#bits[word] as number;
    }
    return (word << 5) + (31 - Math.clz32(bits & -bits));
  }

  #findBest(from: number): void {
    this.#best = this.#next(from);
    if (this.#best !== WINDOW || this.#far.size === 0) return;
    let nearest = Infinity;
    for (const key of this.#far.keys()) if (key < nearest) nearest = key;
    this.#moveTo(nearest - LEAD);
  }

  #setOutside(key: number, quantity: number): void {
    const isBeyond = key >= this.#base + WINDOW;
    if (quantity === 0) {
      this.#far.delete(key);
      return;
    }
    if (isBeyond && this.#best !== WINDOW) {
      this.#far.set(key, quantity);
      if (this.#far.size > FAR_MAX) this.#dropWorst();
      return;
    }
    // Better than all that the window can hold, or the first level of all.
    this.#moveTo(key - LEAD);
    this.set(key, quantity);
  }

  /** Starts the window at another key. What falls out goes to the map, what it now covers comes out of it. */
  #moveTo(base: number): void {
    const keys: number[] = [];
    const quantities: number[] = [];
    for (let at = this.#best; at < WINDOW; at = this.#next(at + 1)) {
      keys.push(this.#base + at);
      quantities.push(this.#quantities[at] as number);
    }
    this.#quantities.fill(0);
    this.#bits.fill(0);
    this.#base = base;
    this.#best = WINDOW;
    const covered = [...this.#far].filter(([key]) => key < base + WINDOW);
    for (const [key, quantity] of covered) {
      this.#far.delete(key);
      this.#place(key, quantity);
    }
    for (let row = 0; row < keys.length; row += 1) this.#place(keys[row] as number, quantities[row] as number);
    if (this.#far.size > FAR_MAX) this.#dropWorst();
  }

  #place(key: number, quantity: number): void {
    const at = key - this.#base;
    if (at >= WINDOW) {
      this.#far.set(key, quantity);
      return;
    }
    this.#quantities[at] = quantity;
    this.#bits[at >>> 5] = (this.#bits[at >>> 5] as number) | (1 << (at & 31));
    if (at < this.#best) this.#best = at;
  }

  #dropWorst(): void {
    const keys = Float64Array.from(this.#far.keys()).toSorted();
    for (const key of keys.subarray(FAR_MAX / 2)) this.#far.delete(key);
  }
}
