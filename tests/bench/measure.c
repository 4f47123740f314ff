// measure COMMAND…: runs a command with its output thrown away, and prints on one line its exit code, the microseconds
// of processor time and of the clock that it took, and its peak of memory in kilobytes. A shell or an interpreter would
// count its own memory as that of the command.
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>

extern char **environ;

static long long micros(struct timeval t) { return t.tv_sec * 1000000LL + t.tv_usec; }

static long long now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1000000LL + t.tv_nsec / 1000;
}

int main(int count, char **command) {
  posix_spawn_file_actions_t actions;
  struct rusage used;
  pid_t child;
  int status = 0;
  if (count < 2) return 2;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
  const long long begin = now();
  if (posix_spawnp(&child, command[1], &actions, NULL, command + 1, environ) != 0) return 2;
  if (wait4(child, &status, 0, &used) != child) return 2;
  printf("%d %lld %lld %ld\n", WIFEXITED(status) ? WEXITSTATUS(status) : -1, micros(used.ru_utime) + micros(used.ru_stime),
         now() - begin, used.ru_maxrss);
  return 0;
}
