/* The least a client in C has to do for the frames of the benchmark: read them, keep the book, show 20 levels a side, call a handler. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define PRICES (1 << 23)
#define SHOWN 20

enum { DEPTH, TRADE, QUOTE, KINDS };

struct level { double price, quantity; };

struct client {
  double *bids, *asks;
  int best_bid, best_ask;
  int64_t last_update, last_trade;
  struct level shown_bids[SHOWN], shown_asks[SHOWN];
  /* What the handler adds up of what it has been shown. */
  double digest;
  long handled;
};

static int64_t now_ns(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1000000000LL + t.tv_nsec;
}

static void fail(const char *why) {
  fprintf(stderr, "%s\n", why);
  exit(1);
}

/* The handler. */
static void handle(struct client *c, double value) {
  c->digest += value;
  c->handled += 1;
}

static int64_t whole(const char **at) {
  int64_t value = 0;
  while (**at >= '0' && **at <= '9') value = value * 10 + (*(*at)++ - '0');
  return value;
}

/* "64000.10000000" in units of 1e-8. */
static int64_t decimal(const char **at) {
  if (*(*at)++ != '"') fail("a decimal was expected");
  int64_t value = whole(at);
  int places = 8;
  if (**at == '.')
    for ((*at)++; **at >= '0' && **at <= '9'; places--) value = value * 10 + (*(*at)++ - '0');
  for (; places > 0; places--) value *= 10;
  if (*(*at)++ != '"') fail("the end of a decimal was expected");
  return value;
}

static void set(struct client *c, int is_bid, int price, double quantity) {
  if (price <= 0 || price >= PRICES) fail("a price is out of reach");
  (is_bid ? c->bids : c->asks)[price] = quantity;
  if (is_bid) {
    if (quantity > 0 && price > c->best_bid) c->best_bid = price;
    while (c->best_bid > 0 && c->bids[c->best_bid] == 0) c->best_bid--;
  } else {
    if (quantity > 0 && price < c->best_ask) c->best_ask = price;
    while (c->best_ask < PRICES && c->asks[c->best_ask] == 0) c->best_ask++;
  }
}

static void levels(struct client *c, const char **at, int is_bid) {
  if (*(*at)++ != '[') fail("levels were expected");
  while (**at == '[') {
    (*at)++;
    int price = (int)(decimal(at) / 1000000);
    (*at)++;
    set(c, is_bid, price, decimal(at) / 1e8);
    (*at)++;
    if (**at == ',') (*at)++;
  }
  (*at)++;
}

static void show(struct client *c) {
  if (c->best_bid >= c->best_ask) fail("the book is crossed");
  int count = 0;
  for (int price = c->best_bid; count < SHOWN && price > 0; price--)
    if (c->bids[price] != 0) c->shown_bids[count++] = (struct level){price / 100.0, c->bids[price]};
  count = 0;
  for (int price = c->best_ask; count < SHOWN && price < PRICES; price++)
    if (c->asks[price] != 0) c->shown_asks[count++] = (struct level){price / 100.0, c->asks[price]};
}

static void open_client(struct client *c, const char *snapshot) {
  *c = (struct client){.best_ask = PRICES};
  c->bids = calloc(PRICES, sizeof(double));
  c->asks = calloc(PRICES, sizeof(double));
  const char *at = strstr(snapshot, "Id\":") + 4;
  c->last_update = whole(&at);
  at = strstr(snapshot, "\"bids\":") + 7;
  levels(c, &at, 1);
  at = strstr(snapshot, "\"asks\":") + 7;
  levels(c, &at, 0);
}

static void close_client(struct client *c) {
  free(c->bids);
  free(c->asks);
}

static void skip(const char **at) {
  if (**at == '"')
    do (*at)++;
    while (**at != '"');
  while (**at != ',' && **at != '}') (*at)++;
}

static void take_depth(struct client *c, const char *at) {
  int64_t first = 0, last = 0;
  int bids = 0;
  for (;; at++) {
    char key = at[1];
    at += 4;
    if (key == 'U') first = whole(&at);
    else if (key == 'u') {
      last = whole(&at);
      if (last <= c->last_update) return;
      if (first > c->last_update + 1) fail("updates are missing");
    } else if (key == 'b' || key == 'a') {
      bids = key == 'b';
      levels(c, &at, bids);
    } else skip(&at);
    if (*at == '}') break;
  }
  c->last_update = last;
  show(c);
  handle(c, c->shown_bids[0].price + c->shown_asks[0].price);
}

static void take_trade(struct client *c, const char *at) {
  int64_t id = 0, price = 0, quantity = 0;
  for (;; at++) {
    char key = at[1];
    at += 4;
    if (key == 'a') id = whole(&at);
    else if (key == 'p') price = decimal(&at);
    else if (key == 'q') quantity = decimal(&at);
    else skip(&at);
    if (*at == '}') break;
  }
  if (c->last_trade != 0 && id != c->last_trade + 1) fail("trades are missing");
  c->last_trade = id;
  handle(c, price / 1e8 * (quantity / 1e8));
}

static void take_quote(struct client *c, const char *at) {
  int64_t bid = 0, ask = 0;
  for (;; at++) {
    char key = at[1];
    at += 4;
    if (key == 'b') bid = decimal(&at);
    else if (key == 'a') ask = decimal(&at);
    else skip(&at);
    if (*at == '}') break;
  }
  handle(c, bid / 1e8 + ask / 1e8);
}

/* One frame, {"stream":"btcusdt@depth@100ms","data":{...}}, ended by a zero. Returns its kind. */
static int take(struct client *c, const char *frame) {
  const char *kind = strchr(frame, '@');
  if (kind == NULL) fail("a frame without a stream");
  const char *at = strstr(kind, "\"data\":{") + 8;
  switch (kind[1]) {
    case 'd': take_depth(c, at); return DEPTH;
    case 'a': take_trade(c, at); return TRADE;
    default: take_quote(c, at); return QUOTE;
  }
}

struct tape {
  char *snapshot;
  long count;
  char **frames;
  uint32_t *lengths;
};

/* A file of frames, each its length in 4 bytes and its bytes; the first is the snapshot of the book. */
static struct tape read_tape(const char *file) {
  FILE *in = fopen(file, "rb");
  if (in == NULL) fail("no tape");
  struct tape t = {0};
  long room = 1 << 18;
  t.frames = malloc(room * sizeof(char *));
  t.lengths = malloc(room * sizeof(uint32_t));
  for (uint32_t length; fread(&length, 4, 1, in) == 1;) {
    char *bytes = malloc(length + 1);
    if (fread(bytes, 1, length, in) != length) fail("the tape is torn");
    bytes[length] = 0;
    if (t.snapshot == NULL) t.snapshot = bytes;
    else {
      if (t.count == room) fail("the tape is too long");
      t.frames[t.count] = bytes;
      t.lengths[t.count++] = length;
    }
  }
  fclose(in);
  return t;
}
