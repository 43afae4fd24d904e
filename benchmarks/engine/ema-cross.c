/*
 * The plain C loop that the engine is measured against: the same strategy, orders, fills and measurements on the same bars.
 * Reads six columns of doubles (open time, open, high, low, close, volume) from a file, repeats the run, and prints
 * nanoseconds of the fastest run, trades, final equity and the deepest drawdown.
 *
 * With -DBOOKS it also keeps what the engine keeps: two exact double-entry ledgers in whole minor units (the engine's and
 * the venue's), the list of finished trades, and a journal of every order's steps hashed with SHA-256.
 *
 * Usage: ema-cross FILE BARS BAR_MS TIMEFRAME_MS REPEATS
 */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

typedef struct { double time, equity, price; } Sample;

typedef struct {
  double ns, equity, drawdown;
  long trades;
} Result;

#ifdef BOOKS
#include "books.h"
#endif

static double now_ns(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

static double floor_to(double value, double step) { return floor(value / step) * step; }
static double ceil_to(double value, double step) { return ceil(value / step) * step; }

static Result run(const double *restrict t, const double *restrict o, const double *restrict h, const double *restrict l,
                  const double *restrict c, const double *restrict v, long n, double bar_ms, double tf_ms, Sample *daily, Sample *curve) {
  const double capital = 1000000, amount = 1000, fee = 0.001, slip = 0.0001, stop_pct = 0.02, take_pct = 0.04, step = 0.01, lot = 0.00001;
  const int fast_n = 12, slow_n = 26;
  const double fast_w = 2.0 / (fast_n + 1), slow_w = 2.0 / (slow_n + 1);
  double start = now_ns();
  double cash = capital, equity = capital, peak = -INFINITY, trough = INFINITY, worst = 0;
  double quantity = 0, entry = 0, stop = 0, take = 0, high_since = 0, low_since = 0;
  double fast_sum = 0, slow_sum = 0, fast = NAN, slow = NAN;
  double bucket_open = NAN, bucket_end = INFINITY, bo = 0, bh = 0, bl = 0, bc = 0, bv = 0, day_end = -INFINITY;
  long bars = 0, trades = 0, days = 0, samples = 0, stride = 1, until = 1, exposed = 0, in_drawdown = 0;
  int pending_buy = 0, pending_sell = 0;
  double pending_quantity = 0;
#ifdef BOOKS
  Books books;
  books_open(&books, capital);
#endif
  for (long i = 0; i < n; i++) {
    double open = o[i], high = h[i], low = l[i], close = c[i];
    if (pending_buy) {
      pending_buy = 0;
      entry = ceil_to(open * (1 + slip), step);
      quantity = pending_quantity;
      cash -= quantity * entry * (1 + fee);
      stop = floor_to(entry * (1 - stop_pct) + step / 2, step);
      take = floor_to(entry * (1 + take_pct) + step / 2, step);
      high_since = low_since = entry;
#ifdef BOOKS
      books_fill(&books, t[i], entry, quantity, 1);
      books_leg(&books, t[i], stop, quantity);
      books_leg(&books, t[i], take, quantity);
#endif
    } else if (pending_sell) {
      pending_sell = 0;
      cash += quantity * floor_to(open * (1 - slip), step) * (1 - fee);
#ifdef BOOKS
      books_fill(&books, t[i], floor_to(open * (1 - slip), step), quantity, -1);
      books_cancel(&books, t[i]);
      books_cancel(&books, t[i]);
      books_trade(&books, entry, open, t[i], high_since, low_since);
#endif
      quantity = 0;
      trades++;
    }
    if (quantity > 0) {
      double out = 0;
      if (low <= stop) out = open < stop ? open : stop;
      else if (high >= take) out = open > take ? open : take;
      if (out > 0) {
        cash += quantity * floor_to(out * (1 - slip), step) * (1 - fee);
#ifdef BOOKS
        books_fill(&books, t[i], floor_to(out * (1 - slip), step), quantity, -1);
        books_cancel(&books, t[i]);
        books_trade(&books, entry, out, t[i], high_since, low_since);
#endif
        quantity = 0;
        trades++;
      } else {
        if (high > high_since) high_since = high;
        if (low < low_since) low_since = low;
      }
    }
    equity = cash + quantity * close;
    if (quantity > 0) exposed++;
    if (t[i] >= day_end) {
      if (i > 0) daily[days++] = (Sample){day_end - 86400000.0, equity, close};
      day_end = floor(t[i] / 86400000.0) * 86400000.0 + 86400000.0;
    }
    if (equity >= peak) {
      if (in_drawdown && 1 - trough / peak > worst) worst = 1 - trough / peak;
      in_drawdown = 0;
      peak = equity;
    } else if (!in_drawdown) {
      in_drawdown = 1;
      trough = equity;
    } else if (equity < trough) trough = equity;
    if (--until == 0) {
      curve[samples++] = (Sample){t[i], equity, close};
      if (samples == 16384) {
        for (long k = 0; k < 8192; k++) curve[k] = curve[2 * k];
        samples = 8192;
        stride *= 2;
        until = stride / 2;
      } else until = stride;
    }
    double close_time = t[i] + bar_ms;
    if (bucket_end == INFINITY) {
      bucket_open = floor(t[i] / tf_ms) * tf_ms;
      bucket_end = bucket_open + tf_ms;
      bo = open; bh = high; bl = low; bv = v[i];
    } else {
      if (high > bh) bh = high;
      if (low < bl) bl = low;
      bv += v[i];
    }
    bc = close;
    if (close_time < bucket_end) continue;
    bucket_end = INFINITY;
    bars++;
    if (bars <= fast_n) { fast_sum += bc; if (bars == fast_n) fast = fast_sum / fast_n; } else fast += fast_w * (bc - fast);
    if (bars <= slow_n) { slow_sum += bc; if (bars == slow_n) slow = slow_sum / slow_n; } else slow += slow_w * (bc - slow);
    if (fast > slow) {
      if (quantity == 0) {
        pending_buy = 1;
        pending_quantity = floor_to(amount / bc, lot);
#ifdef BOOKS
        books_order(&books, close_time, pending_quantity);
#endif
      }
    } else if (quantity > 0) {
      pending_sell = 1;
#ifdef BOOKS
      books_order(&books, close_time, -quantity);
#endif
    }
  }
  if (in_drawdown && 1 - trough / peak > worst) worst = 1 - trough / peak;
#ifdef BOOKS
  books_close(&books);
#endif
  Result result = {now_ns() - start, equity, worst, trades};
  if (bo + bl + bh + bv + high_since + low_since + (double)exposed == 0.12345) puts("");
  return result;
}

int main(int argc, char **argv) {
  if (argc != 6) return fprintf(stderr, "usage: ema-cross FILE BARS BAR_MS TIMEFRAME_MS REPEATS\n"), 2;
  long n = atol(argv[2]), repeats = atol(argv[5]);
  double *columns = malloc(sizeof(double) * 6 * (size_t)n);
  FILE *file = fopen(argv[1], "rb");
  if (!columns || !file || fread(columns, sizeof(double), 6 * (size_t)n, file) != 6 * (size_t)n) return fprintf(stderr, "cannot read %s\n", argv[1]), 1;
  fclose(file);
  Sample *daily = malloc(sizeof(Sample) * (size_t)(n + 1)), *curve = malloc(sizeof(Sample) * 16384);
  Result best = {INFINITY, 0, 0, 0};
  for (long k = 0; k < repeats; k++) {
    Result result = run(columns, columns + n, columns + 2 * n, columns + 3 * n, columns + 4 * n, columns + 5 * n, n, atof(argv[3]), atof(argv[4]), daily, curve);
    if (result.ns < best.ns) best = result;
  }
  printf("%.0f %ld %.6f %.9f\n", best.ns, best.trades, best.equity, best.drawdown);
  return 0;
}
