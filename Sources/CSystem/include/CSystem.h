// Two-line C functions for what Swift on Linux cannot reach: macros, variadics and the mutable stdio globals.
#pragma once
#include <stdint.h>
