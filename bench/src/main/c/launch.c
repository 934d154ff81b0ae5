/* Runs a program COUNT times and prints for each run: nanoseconds from start to end, largest resident set in KiB, page
 * faults, exit status. A program of its own, since a child's largest resident set is never less than its parent's was.
 *
 *   launch COUNT STDIN-FILE STDOUT-FILE PROGRAM [ARGUMENT...]
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static long long now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1000000000LL + time.tv_nsec;
}

int main(int count, char **words) {
    if (count < 5) {
        fprintf(stderr, "usage: launch COUNT STDIN-FILE STDOUT-FILE PROGRAM [ARGUMENT...]\n");
        return 2;
    }
    int out = open(words[3], O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    for (int i = 0; i < atoi(words[1]); i++) {
        int in = open(words[2], O_RDONLY | O_CLOEXEC);
        int status;
        struct rusage used;
        long long from = now();
        pid_t child = vfork();
        if (child == 0) {
            dup2(in, 0);
            dup2(out, 1);
            execv(words[4], words + 4);
            _exit(127);
        }
        wait4(child, &status, 0, &used);
        printf("%lld %ld %ld %d\n", now() - from, used.ru_maxrss, used.ru_minflt, WIFEXITED(status) ? WEXITSTATUS(status) : 255);
        close(in);
    }
    return 0;
}
