/* sender TAPE RATE TIMES: serves one WebSocket on a free port of 127.0.0.1, which it prints. Answers subscriptions, and after a line on
   standard input sends the tape's frames, RATE a second (0: as fast as they are taken); writes when each was sent, ns, to TIMES. */
#include "book.h"
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/prctl.h>
#include <unistd.h>

#define BATCH 65536

static uint32_t rotate(uint32_t x, int by) { return x << by | x >> (32 - by); }

/* SHA-1 of a text of at most 119 bytes, two blocks. FIPS 180-4. */
static void sha1(const char *text, unsigned char digest[20]) {
  unsigned char block[128] = {0};
  size_t length = strlen(text);
  memcpy(block, text, length);
  block[length] = 0x80;
  size_t total = length < 56 ? 64 : 128;
  block[total - 2] = (unsigned char)(length * 8 >> 8);
  block[total - 1] = (unsigned char)(length * 8);
  uint32_t h[5] = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0};
  for (size_t at = 0; at < total; at += 64) {
    uint32_t w[80];
    for (int i = 0; i < 16; i++)
      w[i] = (uint32_t)block[at + 4 * i] << 24 | block[at + 4 * i + 1] << 16 | block[at + 4 * i + 2] << 8 | block[at + 4 * i + 3];
    for (int i = 16; i < 80; i++) w[i] = rotate(w[i - 3] ^ w[i - 8] ^ w[i - 14] ^ w[i - 16], 1);
    uint32_t a = h[0], b = h[1], c = h[2], d = h[3], e = h[4];
    for (int i = 0; i < 80; i++) {
      uint32_t f = i < 20 ? (b & c) | (~b & d) : i < 40 ? b ^ c ^ d : i < 60 ? (b & c) | (b & d) | (c & d) : b ^ c ^ d;
      uint32_t k = i < 20 ? 0x5a827999 : i < 40 ? 0x6ed9eba1 : i < 60 ? 0x8f1bbcdc : 0xca62c1d6;
      uint32_t next = rotate(a, 5) + f + e + k + w[i];
      e = d, d = c, c = rotate(b, 30), b = a, a = next;
    }
    h[0] += a, h[1] += b, h[2] += c, h[3] += d, h[4] += e;
  }
  for (int i = 0; i < 20; i++) digest[i] = h[i / 4] >> (24 - i % 4 * 8);
}

static void base64(const unsigned char *bytes, int length, char *out) {
  static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  for (int i = 0; i < length; i += 3) {
    uint32_t group = bytes[i] << 16 | (i + 1 < length ? bytes[i + 1] << 8 : 0) | (i + 2 < length ? bytes[i + 2] : 0);
    for (int j = 0; j < 4; j++) *out++ = i + j > length ? '=' : letters[group >> (18 - 6 * j) & 63];
  }
  *out = 0;
}

static void write_all(int fd, const char *bytes, size_t length) {
  while (length > 0) {
    ssize_t done = write(fd, bytes, length);
    if (done < 0 && errno == EINTR) continue;
    if (done <= 0) fail("the client is gone");
    bytes += done;
    length -= done;
  }
}

static size_t framed(char *out, const char *payload, size_t length) {
  size_t at = 0;
  out[at++] = (char)0x81;
  if (length < 126) out[at++] = (char)length;
  else {
    out[at++] = 126;
    out[at++] = (char)(length >> 8);
    out[at++] = (char)length;
  }
  memcpy(out + at, payload, length);
  return at + length;
}

static void shake_hands(int fd) {
  char request[8192] = {0}, key[128] = {0}, accept[64], answer[256];
  for (size_t at = 0; strstr(request, "\r\n\r\n") == NULL;) {
    ssize_t got = read(fd, request + at, sizeof request - 1 - at);
    if (got <= 0) fail("no handshake");
    at += got;
  }
  char *header = strcasestr(request, "sec-websocket-key:");
  if (header == NULL || sscanf(header + 18, " %60[^\r\n ]", key) != 1) fail("no key in the handshake");
  strcat(key, "258EAFA5-E914-47DA-95CA-C5AB0DC85B11");
  unsigned char digest[20];
  sha1(key, digest);
  base64(digest, 20, accept);
  int length = sprintf(answer, "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: %s\r\n\r\n", accept);
  write_all(fd, answer, length);
}

/* Answers what has come of {"method":"SUBSCRIBE",...,"id":1}: masked frames, each within one read. */
static void answer_client(int fd) {
  unsigned char in[65536];
  ssize_t got = read(fd, in, sizeof in);
  if (got <= 0) fail("the client is gone");
  for (ssize_t at = 0; at + 6 <= got;) {
    size_t length = in[at + 1] & 127;
    ssize_t mask = at + 2;
    if (length == 126) {
      length = in[at + 2] << 8 | in[at + 3];
      mask += 2;
    }
    char text[65536];
    for (size_t i = 0; i < length; i++) text[i] = in[mask + 4 + i] ^ in[mask + i % 4];
    text[length] = 0;
    char *id = strstr(text, "\"id\":");
    if (id != NULL) {
      char payload[64], out[80];
      sprintf(payload, "{\"result\":null,\"id\":%ld}", strtol(id + 5, NULL, 10));
      write_all(fd, out, framed(out, payload, strlen(payload)));
    }
    at = mask + 4 + length;
  }
}

static void wait_until(int64_t moment) {
  struct timespec t = {moment / 1000000000, moment % 1000000000};
  while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &t, NULL) == EINTR) {}
}

int main(int argc, char **argv) {
  if (argc < 4) fail("sender TAPE RATE TIMES");
  struct tape t = read_tape(argv[1]);
  long rate = atol(argv[2]);
  char *frames = malloc(t.count * 16 + 1), **starts = malloc((t.count + 1) * sizeof(char *));
  size_t bytes = 0;
  for (long i = 0; i < t.count; i++) bytes += t.lengths[i] + 4;
  frames = realloc(frames, bytes);
  starts[0] = frames;
  for (long i = 0; i < t.count; i++) starts[i + 1] = starts[i] + framed(starts[i], t.frames[i], t.lengths[i]);

  int server = socket(AF_INET, SOCK_STREAM, 0), on = 1;
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t size = sizeof address;
  if (bind(server, (struct sockaddr *)&address, size) != 0 || listen(server, 1) != 0) fail("no port");
  getsockname(server, (struct sockaddr *)&address, &size);
  printf("%d\n", ntohs(address.sin_port));
  fflush(stdout);
  int fd = accept(server, NULL, NULL);
  setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  prctl(PR_SET_TIMERSLACK, 1);
  shake_hands(fd);
  struct pollfd waits[2] = {{fd, POLLIN, 0}, {0, POLLIN, 0}};
  while (poll(waits, 2, -1) > 0 && waits[1].revents == 0)
    if (waits[0].revents != 0) answer_client(fd);

  int64_t *times = malloc(t.count * sizeof(int64_t)), started = now_ns();
  for (long i = 0; i < t.count;) {
    int64_t due = rate == 0 ? 0 : started + i * 1000000000LL / rate;
    if (now_ns() < due) wait_until(due);
    long first = i;
    times[i++] = now_ns();
    /* As fast as they are taken: many at once, so that the sender is not what is measured. */
    while (rate == 0 && i < t.count && starts[i] - starts[first] < BATCH) times[i++] = times[first];
    write_all(fd, starts[first], starts[i] - starts[first]);
  }
  FILE *out = fopen(argv[3], "wb");
  if (out == NULL || fwrite(times, sizeof(int64_t), t.count, out) != (size_t)t.count || fclose(out) != 0) fail("the times cannot be written");
  printf("sent\n");
  fflush(stdout);
  char rest[4096];
  while (read(fd, rest, sizeof rest) > 0) {}
  return 0;
}
