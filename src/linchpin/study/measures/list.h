// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "linchpin/study/measures/measure.h"

/// One measure per file; measures() in measure.cpp lists them.
namespace linchpin::study {

extern Measure const kww_measure;
extern Measure const bm_source_measure;
extern Measure const bm_sink_measure;
extern Measure const wwz_measure;
extern Measure const position_measure;

}  // namespace linchpin::study
