/* client TAPE PORT WARM TIMES: a plain WebSocket client that handles the tape's frames as they come. Prints "ready", then the ns of CPU that
   all frames after the first WARM have cost, and the digest; writes when each was handled, ns, to TIMES. */
#include "book.h"
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/resource.h>
#include <unistd.h>

#define ROOM (1 << 20)

static int64_t cpu_ns(void) {
  struct rusage used;
  getrusage(RUSAGE_SELF, &used);
  return (used.ru_utime.tv_sec + used.ru_stime.tv_sec) * 1000000000LL + (used.ru_utime.tv_usec + used.ru_stime.tv_usec) * 1000LL;
}

static int open_socket(int port) {
  int fd = socket(AF_INET, SOCK_STREAM, 0), on = 1;
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  if (connect(fd, (struct sockaddr *)&address, sizeof address) != 0) fail("no connection");
  setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  const char *hello = "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n\r\n";
  if (write(fd, hello, strlen(hello)) < 0) fail("no handshake");
  char answer[1024];
  /* Nothing follows the handshake before "ready". */
  if (read(fd, answer, sizeof answer) <= 0 || strncmp(answer, "HTTP/1.1 101", 12) != 0) fail("no handshake");
  return fd;
}

int main(int argc, char **argv) {
  if (argc < 5) fail("client TAPE PORT WARM TIMES");
  struct tape t = read_tape(argv[1]);
  struct client c;
  open_client(&c, t.snapshot);
  int fd = open_socket(atoi(argv[2]));
  long warm = atol(argv[3]), handled = 0;
  int64_t *times = malloc(t.count * sizeof(int64_t)), cpu = 0;
  char *buffer = malloc(ROOM + 1);
  size_t length = 0;
  printf("ready\n");
  fflush(stdout);
  while (handled < t.count) {
    ssize_t got = read(fd, buffer + length, ROOM - length);
    if (got <= 0) fail("the sender is gone");
    length += got;
    size_t at = 0;
    for (;;) {
      if (length - at < 4) break;
      size_t size = (unsigned char)buffer[at + 1], head = 2;
      if (size == 126) {
        size = (unsigned char)buffer[at + 2] << 8 | (unsigned char)buffer[at + 3];
        head = 4;
      }
      if (length - at < head + size) break;
      char *payload = buffer + at + head, next = payload[size];
      payload[size] = 0;
      take(&c, payload);
      payload[size] = next;
      times[handled++] = now_ns();
      if (handled == warm) cpu = cpu_ns();
      at += head + size;
    }
    memmove(buffer, buffer + at, length - at);
    length -= at;
  }
  printf("%lld %.17g\n", (long long)(cpu_ns() - cpu), c.digest);
  FILE *out = fopen(argv[4], "wb");
  if (out == NULL || fwrite(times, sizeof(int64_t), t.count, out) != (size_t)t.count || fclose(out) != 0) fail("the times cannot be written");
  return 0;
}
