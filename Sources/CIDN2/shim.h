// libidn2's conversions. The library is linked by IDN, as an archive: see Package.swift.
#pragma once
#include <idn2.h>
