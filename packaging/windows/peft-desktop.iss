; Inno Setup 6: iscc /DVersion=0.1.0 packaging\windows\peft-desktop.iss   (after: python dev.py build)
; Installs for the user alone, without administrator's rights. Quietly: /VERYSILENT /SUPPRESSMSGBOXES
; /NORESTART [/DIR="D:\PEFT Desktop"] [/MERGETASKS="!desktopicon"] [/LOG=setup.log]

#ifndef Version
  #error Give the version: iscc /DVersion=0.1.0 ...
#endif
#define Name "PEFT Desktop"
#define Window "peft-desktop-window.exe"
#define Console "peft-desktop.exe"

[Setup]
; Never change AppId: an upgrade finds the older version by it.
AppId={{7E3C5C0E-1C53-4B0B-9D0D-6C1B2B7C9A11}
AppName={#Name}
AppVersion={#Version}
AppVerName={#Name} {#Version}
AppPublisher=The PEFT Desktop developers
VersionInfoVersion={#Version}
DefaultDirName={autopf}\{#Name}
DefaultGroupName={#Name}
DisableProgramGroupPage=yes
PrivilegesRequired=lowest
PrivilegesRequiredOverridesAllowed=dialog commandline
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
MinVersion=10.0.17763
LicenseFile=..\..\LICENSE
SetupIconFile=..\..\resources\icon\peft-desktop.ico
UninstallDisplayIcon={app}\{#Window}
OutputDir=..\..\dist
OutputBaseFilename=peft-desktop-{#Version}-windows-x64
Compression=lzma2/max
SolidCompression=yes
WizardStyle=modern
ChangesAssociations=yes
; A running program is asked to close, so that it can save, before its files are replaced.
CloseApplications=yes
RestartApplications=no
; The longest path inside is about 150 characters; Windows refuses files beyond 260.
UsePreviousAppDir=yes

[Languages]
Name: "english"; MessagesFile: "compiler:Default.isl"
#if FileExists(AddBackslash(CompilerPath) + "Languages\ChineseSimplified.isl")
Name: "chinesesimplified"; MessagesFile: "compiler:Languages\ChineseSimplified.isl"
#endif

[CustomMessages]
english.Association=Open project files (.peftproj) with {#Name}
english.PathEntry=Add the command peft-desktop to my PATH
english.NoRuntime=The Microsoft Visual C++ runtime (2015-2022, x64) is missing and could not be installed. {#Name} will not start without it.
#if FileExists(AddBackslash(CompilerPath) + "Languages\ChineseSimplified.isl")
chinesesimplified.Association=用 {#Name} 打开项目文件（.peftproj）
chinesesimplified.PathEntry=把命令 peft-desktop 加入我的 PATH
chinesesimplified.NoRuntime=缺少 Microsoft Visual C++ 运行库（2015-2022，x64），且无法安装。没有它，{#Name} 无法启动。
#endif

[Tasks]
Name: "desktopicon"; Description: "{cm:CreateDesktopIcon}"; GroupDescription: "{cm:AdditionalIcons}"; Flags: unchecked
Name: "association"; Description: "{cm:Association}"
Name: "path"; Description: "{cm:PathEntry}"; Flags: unchecked

[Files]
Source: "..\..\dist\peft-desktop\*"; DestDir: "{app}"; Flags: ignoreversion recursesubdirs createallsubdirs
; Put vc_redist.x64.exe beside this script to take it along; it is started only where it is needed.
#if FileExists(AddBackslash(SourcePath) + "vc_redist.x64.exe")
Source: "vc_redist.x64.exe"; DestDir: "{tmp}"; Flags: deleteafterinstall; Check: LacksRuntime
#endif

[InstallDelete]
; What an older version left inside must not be imported by the newer one. Projects, models and
; settings lie elsewhere and stay.
Type: filesandordirs; Name: "{app}\_internal"

[Icons]
Name: "{group}\{#Name}"; Filename: "{app}\{#Window}"
Name: "{autodesktop}\{#Name}"; Filename: "{app}\{#Window}"; Tasks: desktopicon

[Registry]
Root: HKA; Subkey: "Software\Classes\.peftproj\OpenWithProgids"; ValueType: string; ValueName: "PEFTDesktop.Project"; ValueData: ""; Flags: uninsdeletevalue; Tasks: association
Root: HKA; Subkey: "Software\Classes\PEFTDesktop.Project"; ValueType: string; ValueName: ""; ValueData: "PEFT Desktop project"; Flags: uninsdeletekey; Tasks: association
Root: HKA; Subkey: "Software\Classes\PEFTDesktop.Project\DefaultIcon"; ValueType: string; ValueName: ""; ValueData: "{app}\{#Window},0"; Tasks: association
Root: HKA; Subkey: "Software\Classes\PEFTDesktop.Project\shell\open\command"; ValueType: string; ValueName: ""; ValueData: """{app}\{#Window}"" ""%1"""; Tasks: association

[Run]
#if FileExists(AddBackslash(SourcePath) + "vc_redist.x64.exe")
Filename: "{tmp}\vc_redist.x64.exe"; Parameters: "/install /quiet /norestart"; Check: LacksRuntime; Flags: waituntilterminated
#endif
Filename: "{app}\{#Window}"; Description: "{cm:LaunchProgram,{#Name}}"; Flags: nowait postinstall skipifsilent

[Code]
function LacksRuntime: Boolean;
var
  Installed: Cardinal;
begin
  Result := not (RegQueryDWordValue(HKLM64,
    'SOFTWARE\Microsoft\VisualStudio\14.0\VC\Runtimes\x64', 'Installed', Installed)
    and (Installed = 1));
end;

procedure AddToPath;
var
  Path: String;
begin
  if not RegQueryStringValue(HKCU, 'Environment', 'Path', Path) then
    Path := '';
  if Pos(Lowercase(ExpandConstant('{app}')), Lowercase(Path)) = 0 then
  begin
    if (Path <> '') and (Path[Length(Path)] <> ';') then
      Path := Path + ';';
    RegWriteExpandStringValue(HKCU, 'Environment', 'Path', Path + ExpandConstant('{app}'));
  end;
end;

procedure RemoveFromPath;
var
  Path, Ours: String;
  Place: Integer;
begin
  if not RegQueryStringValue(HKCU, 'Environment', 'Path', Path) then
    exit;
  Ours := ExpandConstant('{app}');
  Place := Pos(Lowercase(Ours), Lowercase(Path));
  if Place = 0 then
    exit;
  Delete(Path, Place, Length(Ours));
  StringChangeEx(Path, ';;', ';', True);
  RegWriteExpandStringValue(HKCU, 'Environment', 'Path', Path);
end;

procedure CurStepChanged(CurStep: TSetupStep);
begin
  if CurStep = ssPostInstall then
  begin
    if WizardIsTaskSelected('path') then
      AddToPath;
    if LacksRuntime and not WizardSilent then
      MsgBox(CustomMessage('NoRuntime'), mbInformation, MB_OK);
  end;
end;

procedure CurUninstallStepChanged(CurUninstallStep: TUninstallStep);
begin
  if CurUninstallStep = usPostUninstall then
    RemoveFromPath;
end;
