// GLPK, the solver of linear and integer programs (A. Makhorin): what can be worked out from published counts.
#pragma once
#include <glpk.h>
