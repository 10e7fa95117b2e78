// Chooses PCRE2's 8-bit library, so that patterns run over bytes.
#pragma once
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
