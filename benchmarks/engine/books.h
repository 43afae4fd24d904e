/* The bookkeeping of the engine in plain C, for the second comparison of ema-cross.c: exact ledgers, trades, hashed journal. */
typedef __int128 Minor;

#define MINOR_PER_UNIT 1000000000000LL
#define JOURNAL_DOUBLES 16384
#define TRADE_NUMBERS 13

typedef struct {
  uint32_t state[8];
  uint64_t bytes;
} Hash;

typedef struct {
  Minor wallet, venue, fees, base_wallet, base_venue, cost, open_fees;
  int64_t quantity;
} Ledger;

typedef struct {
  Ledger engine, exchange;
  double *journal, *trade_log;
  long used, trade_count, trade_room, order_count;
  Hash hash;
} Books;

static uint32_t rotate(uint32_t value, int bits) { return (value >> bits) | (value << (32 - bits)); }

/* FIPS 180-4; the round constants are the fractional parts of cube roots of the first 64 primes. */
static uint32_t round_constants[64];

static void hash_open(Hash *hash) {
  int found = 0;
  for (int candidate = 2; found < 64; candidate++) {
    int is_prime = 1;
    for (int divisor = 2; divisor * divisor <= candidate; divisor++) if (candidate % divisor == 0) is_prime = 0;
    if (!is_prime) continue;
    long double root = cbrtl((long double)candidate), square = sqrtl((long double)candidate);
    round_constants[found] = (uint32_t)((root - floorl(root)) * 4294967296.0L);
    if (found < 8) hash->state[found] = (uint32_t)((square - floorl(square)) * 4294967296.0L);
    found++;
  }
  hash->bytes = 0;
}

static void hash_blocks(Hash *hash, const uint8_t *data, size_t blocks) {
  for (; blocks > 0; blocks--, data += 64) {
    uint32_t w[64], s[8];
    for (int i = 0; i < 16; i++) w[i] = (uint32_t)data[4 * i] << 24 | (uint32_t)data[4 * i + 1] << 16 | (uint32_t)data[4 * i + 2] << 8 | data[4 * i + 3];
    for (int i = 16; i < 64; i++) {
      uint32_t a = rotate(w[i - 15], 7) ^ rotate(w[i - 15], 18) ^ (w[i - 15] >> 3), b = rotate(w[i - 2], 17) ^ rotate(w[i - 2], 19) ^ (w[i - 2] >> 10);
      w[i] = w[i - 16] + a + w[i - 7] + b;
    }
    memcpy(s, hash->state, sizeof s);
    for (int i = 0; i < 64; i++) {
      uint32_t e = rotate(s[4], 6) ^ rotate(s[4], 11) ^ rotate(s[4], 25), choice = (s[4] & s[5]) ^ (~s[4] & s[6]);
      uint32_t one = s[7] + e + choice + round_constants[i] + w[i];
      uint32_t a = rotate(s[0], 2) ^ rotate(s[0], 13) ^ rotate(s[0], 22), majority = (s[0] & s[1]) ^ (s[0] & s[2]) ^ (s[1] & s[2]);
      memmove(s + 1, s, 7 * sizeof *s);
      s[4] += one;
      s[0] = one + a + majority;
    }
    for (int i = 0; i < 8; i++) hash->state[i] += s[i];
  }
}

static void journal_flush(Books *books) {
  hash_blocks(&books->hash, (const uint8_t *)books->journal, (size_t)books->used * 8 / 64);
  books->used = 0;
}

static void journal_write(Books *books, const double *numbers, int count) {
  if (books->used + count > JOURNAL_DOUBLES) journal_flush(books);
  memcpy(books->journal + books->used, numbers, sizeof(double) * (size_t)count);
  books->used += count;
}

static void books_open(Books *books, double capital) {
  memset(books, 0, sizeof *books);
  books->journal = malloc(sizeof(double) * JOURNAL_DOUBLES);
  books->trade_room = 1024;
  books->trade_log = malloc(sizeof(double) * TRADE_NUMBERS * 1024);
  books->engine.wallet = books->exchange.wallet = (Minor)capital * MINOR_PER_UNIT;
  hash_open(&books->hash);
}

static void order_steps(Books *books, double time, double quantity, double price) {
  double id = (double)++books->order_count;
  double intent[11] = {0, time, id, 0, 1, 2, quantity, price, -1, -1, 0}, accepted[4] = {1, time, id, 0};
  journal_write(books, intent, 11);
  journal_write(books, accepted, 4);
}

static void books_order(Books *books, double time, double quantity) { order_steps(books, time, quantity, -1); }

static void books_leg(Books *books, double time, double price, double quantity) { order_steps(books, time, quantity, price); }

static void books_cancel(Books *books, double time) {
  double record[5] = {4, time, (double)books->order_count, 0, 7};
  journal_write(books, record, 5);
}

/* Prices are whole cents and quantities whole 1e-5, so a value is in 1e-7 and a fee of 0.1 % in 1e-10. */
static void ledger_fill(Ledger *ledger, int64_t price, int64_t quantity, int side) {
  Minor value = (Minor)price * quantity, minor = value * 100000, fee = value * 100, base = (Minor)quantity * 10000000;
  ledger->wallet -= side * minor;
  ledger->venue += side * minor;
  ledger->base_wallet += side * base;
  ledger->base_venue -= side * base;
  ledger->wallet -= fee;
  ledger->fees += fee;
  ledger->quantity += side * quantity;
  ledger->cost = side > 0 ? value : 0;
  ledger->open_fees = side > 0 ? fee : 0;
}

static void books_fill(Books *books, double time, double price, double quantity, int side) {
  int64_t price_steps = llround(price * 100), quantity_steps = llround(quantity * 100000);
  ledger_fill(&books->exchange, price_steps, quantity_steps, side);
  ledger_fill(&books->engine, price_steps, quantity_steps, side);
  double record[7] = {100, time, (double)books->order_count, 1, side * quantity, price, price * quantity * 0.001};
  journal_write(books, record, 7);
}

static void books_trade(Books *books, double entry, double exit, double time, double high, double low) {
  if (books->trade_count == books->trade_room) {
    books->trade_room *= 2;
    books->trade_log = realloc(books->trade_log, sizeof(double) * TRADE_NUMBERS * (size_t)books->trade_room);
  }
  double trade[TRADE_NUMBERS] = {1, entry, exit, time, time, exit - entry, 0, 0, exit - entry, (exit - entry) / entry, (entry - low) / entry, (high - entry) / entry, 1};
  memcpy(books->trade_log + TRADE_NUMBERS * books->trade_count++, trade, sizeof trade);
}

static void books_close(Books *books) {
  journal_flush(books);
  if (books->engine.wallet != books->exchange.wallet || books->hash.state[0] == 1) puts("books differ");
  free(books->journal);
  free(books->trade_log);
}
