// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "linchpin/study/measures/measure.h"

/// One file per family of measures; measures() in measure.cpp lists them.
namespace linchpin::study {

extern Measure const reliance_measure;
extern Measure const market_reliance_measure;
extern Measure const footprint_measure;
extern Measure const kww_measure;
extern Measure const bm_source_measure;
extern Measure const bm_sink_measure;
extern Measure const bm_perspectives_measure;
extern Measure const leontief_measure;
extern Measure const wwz_measure;
extern Measure const position_measure;
extern Measure const propagation_measure;
extern Measure const concentration_measure;
extern Measure const extraction_measure;
extern Measure const paths_measure;
extern Measure const prices_measure;
extern Measure const change_measure;

}  // namespace linchpin::study
