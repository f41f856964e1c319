// SPDX-License-Identifier: Apache-2.0
#include "linchpin/results/worldless_origin.h"

namespace linchpin {

Json origin_without_world(Origin const& origin) {
  auto described = origin_to_json(origin);
  described.erase("world");
  return described;
}

Result<Json> origin_without_world(RunClock const& clock, Origin origin,
                                  std::vector<std::filesystem::path> const& inputs) {
  if (auto const filled = clock.fill(origin, inputs); !filled) return fail(filled.error());
  return origin_without_world(origin);
}

}  // namespace linchpin
