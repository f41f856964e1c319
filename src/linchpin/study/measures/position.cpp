// SPDX-License-Identifier: Apache-2.0
#include "linchpin/depend/position.h"

#include "linchpin/results/depend_tables.h"
#include "linchpin/study/measures/list.h"
#include "linchpin/study/measures/selection.h"

namespace linchpin::study {
namespace {

Result<std::vector<ResultTable>> run_position(Systems systems, MeasureRequest const& request,
                                              RunControl const& /*control*/) {
  auto const& space = systems.front().space();
  return std::vector{position_table(space, depend::position(systems.front()),
                                    industries_of(space, request.buyers))};
}

std::size_t two(IndustrySpace const& /*space*/) { return 2; }

}  // namespace

Measure const position_measure{
    .name = "position",
    .meaning = "How many steps an industry is away from final use (upstreamness) and from primary "
               "factors (downstreamness).",
    .not_for = "Saying how important an industry is: distance is not size.",
    .accepts = bits(Asks::buyers),
    .right_hand_sides = two,
    .run = run_position};

}  // namespace linchpin::study
