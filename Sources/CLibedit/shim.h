// Makes libedit's editing calls reachable from Swift, which cannot call the variadic el_set(3).
#pragma once
#include <histedit.h>
