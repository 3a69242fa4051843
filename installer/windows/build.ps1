# Builds carebook's folder for Windows and the list of its files' digests. Run in PowerShell with Python 3.11 or later:
#
#   installer\windows\build.ps1            leaves out\windows\dist\carebook and out\windows\carebook.sha256
$ErrorActionPreference = "Stop"
$root = (Resolve-Path "$PSScriptRoot\..\..").Path
$build = Join-Path $root "out\windows"
$python = Join-Path $build "venv\Scripts\python.exe"

if (Test-Path $build) { Remove-Item -Recurse -Force $build }
py -3 -m venv (Join-Path $build "venv")
foreach ($lock in "$root\requirements.lock", "$PSScriptRoot\build.lock") {
    & $python -m pip install --quiet --no-deps --only-binary :all: --require-hashes -r $lock
    if ($LASTEXITCODE -ne 0) { throw "The libraries of $lock could not be installed." }
}
& $python -m PyInstaller --noconfirm --distpath "$build\dist" --workpath "$build\work" "$PSScriptRoot\carebook.spec"
if ($LASTEXITCODE -ne 0) { throw "The bundle could not be built." }

Get-ChildItem -Recurse -File "$build\dist\carebook" | Sort-Object FullName | ForEach-Object {
    $name = $_.FullName.Substring("$build\dist\".Length).Replace("\", "/")
    "$((Get-FileHash -Algorithm SHA256 $_.FullName).Hash.ToLower())  $name"
} | Set-Content -Encoding ascii "$build\carebook.sha256"
Write-Output "Built: $build\dist\carebook"
