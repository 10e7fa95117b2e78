// openat2(2), which the C library has no function for.
#pragma once

// Opens a path that is looked up below a folder and must not lead out of it: RESOLVE_BENEATH, RESOLVE_NO_MAGICLINKS.
int nsh_open_beneath(int folder, const char *_Nonnull path, int flags);

// O_PATH of open(2), which <fcntl.h> shows under _GNU_SOURCE only.
int nsh_path_only(void);
