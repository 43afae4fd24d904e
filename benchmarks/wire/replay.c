/* replay TAPE ROUNDS: frames from memory to the handler. Prints the best round's ns a frame, the digest, then median and p99 ns of each kind. */
#include "book.h"

static int ascending(const void *a, const void *b) {
  int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;
  return left < right ? -1 : left > right;
}

int main(int argc, char **argv) {
  if (argc < 3) fail("replay TAPE ROUNDS");
  struct tape t = read_tape(argv[1]);
  struct client c;
  int64_t best = INT64_MAX;
  for (int round = 0; round < atoi(argv[2]); round++) {
    open_client(&c, t.snapshot);
    int64_t started = now_ns();
    for (long i = 0; i < t.count; i++) take(&c, t.frames[i]);
    int64_t took = now_ns() - started;
    if (took < best) best = took;
    close_client(&c);
  }
  int64_t *times[KINDS];
  long counts[KINDS] = {0};
  for (int kind = 0; kind < KINDS; kind++) times[kind] = malloc(t.count * sizeof(int64_t));
  open_client(&c, t.snapshot);
  for (long i = 0; i < t.count; i++) {
    int64_t started = now_ns();
    int kind = take(&c, t.frames[i]);
    times[kind][counts[kind]++] = now_ns() - started;
  }
  printf("%.17g %.17g", (double)best / t.count, c.digest);
  for (int kind = 0; kind < KINDS; kind++) {
    qsort(times[kind], counts[kind], sizeof(int64_t), ascending);
    printf(" %ld %ld", (long)times[kind][counts[kind] / 2], (long)times[kind][counts[kind] * 99 / 100]);
  }
  printf("\n");
  return 0;
}
