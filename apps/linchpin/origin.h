// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "linchpin/results/run_clock.h"

namespace linchpin::app {

using linchpin::RunClock;

}  // namespace linchpin::app
