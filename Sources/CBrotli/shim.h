// Brotli's streaming decoder. The library is linked by Coding, as an archive: see Package.swift.
#pragma once
#include <brotli/decode.h>
