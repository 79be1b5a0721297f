; `/owner=winget`, as a package manager passes it, is remembered: who installs then updates, too.
!macro customInstall
  ${GetParameters} $R0
  ClearErrors
  ${GetOptions} $R0 "/owner=" $R1
  ${IfNot} ${Errors}
    FileOpen $R2 "$INSTDIR\resources\package-owner" w
    FileWrite $R2 $R1
    FileClose $R2
  ${EndIf}
!macroend

; What Latchkey itself registered for the person: the start at login, and the command on the path. Their data stays.
!macro customUnInstall
  ${IfNot} ${isUpdated}
    DeleteRegValue HKCU "Software\Microsoft\Windows\CurrentVersion\Run" "io.github.latchkey.app"
    nsExec::Exec `powershell.exe -NoProfile -NonInteractive -Command "$$k=[Microsoft.Win32.Registry]::CurrentUser.CreateSubKey('Environment'); $$p=[string]$$k.GetValue('Path','','DoNotExpandEnvironmentNames'); $$n=($$p -split ';' | Where-Object { $$_ -ne '$INSTDIR\bin' }) -join ';'; if ($$n -ne $$p) { $$k.SetValue('Path',$$n,'ExpandString'); [Environment]::SetEnvironmentVariable('LATCHKEY_VALUE',$$null,'User') }"`
    Pop $R0
  ${EndIf}
!macroend
