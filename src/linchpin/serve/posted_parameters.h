// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>

#include "linchpin/results/json.h"
#include "linchpin/results/run_clock.h"
#include "linchpin/serve/shipped_parameters.h"
#include "linchpin/study/parameter_source.h"

namespace linchpin::serve {

/// A posted text beside the shipped files, under the name of the field it came in.
class PostedParameters {
 public:
  /// \param data   the shipped data
  /// \param field  name of the field
  /// \param text   what was posted; empty: nothing was
  PostedParameters(std::filesystem::path const& data, std::string field, std::string text);

  /// Valid as long as this object.
  [[nodiscard]] study::ParameterSource source();
  /// The member `origin` of an answer that rests on these texts alone, filled in by `clock`.
  /// \error unreadable_file  a file that was read cannot be hashed any more
  [[nodiscard]] Result<Json> origin(RunClock const& clock, Origin origin) const;

 private:
  ShippedParameters shipped_;
  std::string field_, text_;
};

}  // namespace linchpin::serve
