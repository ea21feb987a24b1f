/* Counts the file operations of a process below one folder, makes the Nth of them fail or end the process, and writes down
   what was done. Preloaded (LD_PRELOAD); armed by the test through ctypes, so that nothing before is counted.

   The log holds, for each operation, a line "name inode offset size path [second path]" and then `size` bytes of data. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

enum { NOTHING, KILL, HALF, INTERRUPT, TERMINATE, EIO_ONCE, EIO_ALWAYS, FULL };

static char folder[PATH_MAX];
static volatile long count, at;
static volatile int kind;
static int log_file = -1;

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

void fault_arm(const char *watched, long number, int what, const char *log_path) {
    strncpy(folder, watched, sizeof folder - 1);
    count = 0;
    at = number;
    kind = what;
    log_file = log_path && *log_path ? REAL(open)(log_path, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND, 0600) : -1;
}

long fault_disarm(void) {
    folder[0] = 0;
    return count;
}

static int watched(const char *path) {
    size_t size = strlen(folder);
    return size && !strncmp(path, folder, size) && (path[size] == '/' || !path[size]);
}

static int path_of(int fd, char *path) {
    char link[64];
    int saved = errno;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t size = readlink(link, path, PATH_MAX - 1);
    errno = saved;
    if (!folder[0] || size < 0) return 0;
    path[size] = 0;
    return watched(path);
}

static const char *absolute(int at_fd, const char *path, char *buffer) {
    if (path[0] == '/') return path;
    char base[PATH_MAX / 2];
    if (at_fd == AT_FDCWD) {
        if (!getcwd(base, sizeof base)) return path;
    } else {
        char link[64];
        snprintf(link, sizeof link, "/proc/self/fd/%d", at_fd);
        ssize_t size = readlink(link, base, sizeof base - 1);
        if (size < 0) return path;
        base[size] = 0;
    }
    snprintf(buffer, PATH_MAX, "%s/%.2000s", base, path);
    return buffer;
}

/* An operation is about to happen. Returns 0, or the errno with which it is to fail; `takes_room` needs free space.
   HALF is left to the caller. */
static int operation(int takes_room) {
    long number = __sync_add_and_fetch(&count, 1);
    if (number < at || kind == NOTHING || (number > at && kind != EIO_ALWAYS && kind != FULL)) return 0;
    switch (kind) {
    case KILL: kill(getpid(), SIGKILL); pause();
    case INTERRUPT: kill(getpid(), SIGINT); return 0;
    case TERMINATE: kill(getpid(), SIGTERM); return 0;
    case EIO_ONCE: case EIO_ALWAYS: return EIO;
    case FULL: return takes_room ? ENOSPC : 0;
    }
    return 0;
}

static int is_half(void) { return kind == HALF && count == at; }

static void die(void) { kill(getpid(), SIGKILL); pause(); }

static void record(const char *name, unsigned long inode, long offset, const void *data, size_t size, const char *path,
                   const char *second) {
    if (log_file < 0) return;
    char *line = malloc(size + 3 * PATH_MAX);
    int length = snprintf(line, 3 * PATH_MAX, "%s\t%lu\t%ld\t%zu\t%s\t%s\n", name, inode, offset, size, path, second ? second : "");
    if (size) memcpy(line + length, data, size);
    if (REAL(write)(log_file, line, length + size) < 0) abort();
    free(line);
}

static unsigned long inode_of(int fd) {
    struct stat status;
    return fstat(fd, &status) ? 0 : status.st_ino;
}

static unsigned long inode_at(const char *path) {
    struct stat status;
    return lstat(path, &status) ? 0 : status.st_ino;
}

/* ---- opening */
static int opened(int at_fd, const char *path, int flags, mode_t mode) {
    char buffer[PATH_MAX];
    const char *full = folder[0] ? absolute(at_fd, path, buffer) : path;
    int changes = flags & (O_CREAT | O_TRUNC);
    int ours = folder[0] && watched(full) && changes;
    int existed = ours && !access(full, F_OK);
    if (ours && (!existed || (flags & O_TRUNC))) {
        int error = operation(1);
        if (error) { errno = error; return -1; }
        if (is_half()) die();
        int fd = REAL(openat)(at_fd, path, flags, mode);
        if (fd >= 0) record(existed ? "truncate" : "create", inode_of(fd), 0, 0, 0, full, 0);
        return fd;
    }
    return REAL(openat)(at_fd, path, flags, mode);
}

#define MODE mode_t mode = 0; if (flags & (O_CREAT | __O_TMPFILE)) { va_list rest; va_start(rest, flags); mode = va_arg(rest, mode_t); va_end(rest); }
int open(const char *path, int flags, ...) { MODE return opened(AT_FDCWD, path, flags, mode); }
int open64(const char *path, int flags, ...) { MODE return opened(AT_FDCWD, path, flags, mode); }
int openat(int at_fd, const char *path, int flags, ...) { MODE return opened(at_fd, path, flags, mode); }
int openat64(int at_fd, const char *path, int flags, ...) { MODE return opened(at_fd, path, flags, mode); }

/* ---- writing */
static ssize_t written(int fd, const void *data, size_t size, off_t offset, int positioned) {
    char path[PATH_MAX];
    if (!path_of(fd, path)) return positioned ? REAL(pwrite)(fd, data, size, offset) : REAL(write)(fd, data, size);
    int error = operation(1);
    if (error) { errno = error; return -1; }
    if (!positioned) {
        offset = fcntl(fd, F_GETFL) & O_APPEND ? lseek(fd, 0, SEEK_END) : lseek(fd, 0, SEEK_CUR);
    }
    int half = is_half();
    if (half) size /= 2;
    ssize_t done = positioned ? REAL(pwrite)(fd, data, size, offset) : REAL(write)(fd, data, size);
    if (half) die();
    if (done > 0) record("write", inode_of(fd), offset, data, done, path, 0);
    return done;
}

ssize_t write(int fd, const void *data, size_t size) { return written(fd, data, size, 0, 0); }
ssize_t pwrite(int fd, const void *data, size_t size, off_t offset) { return written(fd, data, size, offset, 1); }
ssize_t pwrite64(int fd, const void *data, size_t size, off64_t offset) { return written(fd, data, size, offset, 1); }

ssize_t writev(int fd, const struct iovec *parts, int number) {
    char path[PATH_MAX];
    if (!path_of(fd, path)) return REAL(writev)(fd, parts, number);
    ssize_t total = 0;
    for (int part = 0; part < number; part++) {
        if (!parts[part].iov_len) continue;
        ssize_t done = written(fd, parts[part].iov_base, parts[part].iov_len, 0, 0);
        if (done < 0) return total ? total : -1;
        total += done;
        if ((size_t)done < parts[part].iov_len) break;
    }
    return total;
}

static int cut(int fd, off_t size) {
    char path[PATH_MAX];
    if (!path_of(fd, path)) return REAL(ftruncate)(fd, size);
    int error = operation(0);
    if (error) { errno = error; return -1; }
    if (is_half()) die();
    record("cut", inode_of(fd), size, 0, 0, path, 0);
    return REAL(ftruncate)(fd, size);
}
int ftruncate(int fd, off_t size) { return cut(fd, size); }
int ftruncate64(int fd, off64_t size) { return cut(fd, size); }

static int synced(int fd, int (*real)(int)) {
    char path[PATH_MAX];
    if (!path_of(fd, path)) return real(fd);
    int error = operation(0);
    if (error) { errno = error; return -1; }
    if (is_half()) die();
    record("sync", inode_of(fd), 0, 0, 0, path, 0);
    return real(fd);
}
int fsync(int fd) { return synced(fd, REAL(fsync)); }
int fdatasync(int fd) { return synced(fd, REAL(fdatasync)); }

/* ---- names */
#define NAMED(operation_name, paths_watched, call, inode, first, second) \
    if (!folder[0] || !(paths_watched)) return call; \
    int error = operation(0); \
    if (error) { errno = error; return -1; } \
    if (is_half()) die(); \
    unsigned long number = inode; \
    int result = call; \
    if (!result) record(operation_name, number ? number : inode_at(first), 0, 0, 0, first, second); \
    return result;

int rename(const char *old, const char *new) {
    char a[PATH_MAX], b[PATH_MAX];
    const char *from = absolute(AT_FDCWD, old, a), *to = absolute(AT_FDCWD, new, b);
    NAMED("rename", watched(from), REAL(rename)(old, new), inode_at(from), from, to)
}
int renameat(int x, const char *old, int y, const char *new) {
    char a[PATH_MAX], b[PATH_MAX];
    const char *from = absolute(x, old, a), *to = absolute(y, new, b);
    NAMED("rename", watched(from), REAL(renameat)(x, old, y, new), inode_at(from), from, to)
}
int renameat2(int x, const char *old, int y, const char *new, unsigned flags) {
    char a[PATH_MAX], b[PATH_MAX];
    const char *from = absolute(x, old, a), *to = absolute(y, new, b);
    NAMED("rename", watched(from), REAL(renameat2)(x, old, y, new, flags), inode_at(from), from, to)
}
int unlink(const char *path) {
    char a[PATH_MAX];
    const char *full = absolute(AT_FDCWD, path, a);
    NAMED("unlink", watched(full), REAL(unlink)(path), inode_at(full), full, 0)
}
int unlinkat(int at_fd, const char *path, int flags) {
    char a[PATH_MAX];
    const char *full = absolute(at_fd, path, a);
    NAMED("unlink", watched(full), REAL(unlinkat)(at_fd, path, flags), inode_at(full), full, 0)
}
int rmdir(const char *path) {
    char a[PATH_MAX];
    const char *full = absolute(AT_FDCWD, path, a);
    NAMED("unlink", watched(full), REAL(rmdir)(path), inode_at(full), full, 0)
}
int mkdir(const char *path, mode_t mode) {
    char a[PATH_MAX];
    const char *full = absolute(AT_FDCWD, path, a);
    NAMED("mkdir", watched(full), REAL(mkdir)(path, mode), 0, full, 0)
}
