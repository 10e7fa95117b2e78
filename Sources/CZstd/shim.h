// Zstandard's streaming decoder. The library is linked by Coding, as an archive: see Package.swift.
#pragma once
#include <zstd.h>
#include <zstd_errors.h>
