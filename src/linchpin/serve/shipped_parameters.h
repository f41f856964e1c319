// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "linchpin/core/error.h"
#include "linchpin/study/parameter_source.h"

namespace linchpin::serve {

/// The files a posted study may name: shipped parameters, production of minerals and shipped
/// studies, by name. No path of a client is ever opened.
class ShippedParameters {
 public:
  /// \param data  the shipped data
  explicit ShippedParameters(std::filesystem::path const& data) : folder_(data / "parameters") {}
  ShippedParameters(ShippedParameters const&) = delete;
  ShippedParameters& operator=(ShippedParameters const&) = delete;

  /// Valid as long as this object.
  [[nodiscard]] study::ParameterSource source();
  /// The files read so far, each once, behind `inputs`.
  [[nodiscard]] std::vector<std::filesystem::path> with(
      std::vector<std::filesystem::path> inputs) const;

 private:
  [[nodiscard]] Result<std::string> read(std::string const& name);

  std::filesystem::path folder_;
  std::vector<std::filesystem::path> used_;
};

/// The text of a small file of ours.
/// \error unreadable_file
[[nodiscard]] Result<std::string> read_file(std::filesystem::path const& path);

}  // namespace linchpin::serve
