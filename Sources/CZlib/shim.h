// zlib's streaming calls. The library is linked by Coding, as an archive: see Package.swift.
#pragma once
#include <zlib.h>
