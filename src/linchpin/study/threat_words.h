// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "linchpin/results/threat_answer.h"

namespace linchpin::study {

/// What a label of a region, sector or industry stands for within a sentence (label_words).
using LabelNames = std::function<std::string(std::string const& label)>;

/// What the answers say, in sentences; the first one can stand alone.
[[nodiscard]] std::vector<std::string> bargain_sentences(BargainAnswer const& answer,
                                                         LabelNames const& name);
[[nodiscard]] std::vector<std::string> signal_sentences(SignalAnswer const& answer,
                                                        LabelNames const& name);
[[nodiscard]] std::vector<std::string> frontier_sentences(FrontierAnswer const& answer,
                                                          LabelNames const& name);
[[nodiscard]] std::vector<std::string> defence_sentences(DefendAnswer const& answer,
                                                         LabelNames const& name);

}  // namespace linchpin::study
