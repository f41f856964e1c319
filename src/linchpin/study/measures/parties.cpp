// SPDX-License-Identifier: Apache-2.0
#include "linchpin/study/measures/parties.h"

#include <fmt/format.h>

#include <algorithm>

#include "linchpin/results/depend_tables.h"

namespace linchpin::study {

std::string parties_text(IndustrySpace const& space, std::vector<depend::Buyer> const& parties) {
  constexpr std::size_t most = 4;
  std::string text;
  for (std::size_t k = 0; k < std::min(parties.size(), most); ++k) {
    if (k > 0) text += " + ";
    text += buyer_label(space, parties[k]);
  }
  if (parties.size() > most) text += fmt::format(" + {} more", parties.size() - most);
  return text;
}

}  // namespace linchpin::study
