// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "linchpin/results/threat_answer.h"

namespace linchpin::study {

/// How a region is called within a sentence, by its label.
using RegionNames = std::function<std::string(std::string const& label)>;

/// What the answers say, in sentences; the first one can stand alone.
[[nodiscard]] std::vector<std::string> bargain_sentences(BargainAnswer const& answer,
                                                         RegionNames const& name);
[[nodiscard]] std::vector<std::string> signal_sentences(SignalAnswer const& answer,
                                                        RegionNames const& name);
[[nodiscard]] std::vector<std::string> frontier_sentences(FrontierAnswer const& answer,
                                                          RegionNames const& name);
[[nodiscard]] std::vector<std::string> defence_sentences(DefendAnswer const& answer,
                                                         RegionNames const& name);

}  // namespace linchpin::study
