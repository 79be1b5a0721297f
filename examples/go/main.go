// Reads the credential from the config file that Latchkey shares with other programs, and asks whose it is.
//
// The file holds what renews the token as well. Leave that to Latchkey: a refresh token works once, and whoever uses it
// a second time ends the login for everybody.
package main

import (
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"gopkg.in/yaml.v3"
)

// OAuthCredential is an entry of providers.anthropic.oauth_credentials, as ai-provider-kit has it.
type OAuthCredential struct {
	ID           string   `yaml:"id"`
	ClientID     string   `yaml:"client_id"`
	AccessToken  string   `yaml:"access_token"`
	RefreshToken string   `yaml:"refresh_token"`
	ExpiresAt    string   `yaml:"expires_at"`
	Scopes       []string `yaml:"scopes"`
}

type config struct {
	Providers struct {
		Anthropic struct {
			OAuthCredentials []OAuthCredential `yaml:"oauth_credentials"`
		} `yaml:"anthropic"`
	} `yaml:"providers"`
}

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run() error {
	credential, err := read(path())
	if err != nil {
		return err
	}
	expiresAt, err := time.Parse(time.RFC3339, credential.ExpiresAt)
	if err != nil {
		return fmt.Errorf("expires_at: %w", err)
	}
	if time.Until(expiresAt) < time.Minute {
		return fmt.Errorf("the token is over: start Latchkey, or run latchkey refresh")
	}
	return whoAmI(credential.AccessToken)
}

func path() string {
	if path := os.Getenv("LATCHKEY_CONFIG_FILE"); path != "" {
		return path
	}
	home, _ := os.UserHomeDir()
	return filepath.Join(home, ".mcp-code-api", "config.yaml")
}

func read(path string) (OAuthCredential, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return OAuthCredential{}, err
	}
	var all config
	if err := yaml.Unmarshal(text, &all); err != nil {
		return OAuthCredential{}, err
	}
	for _, credential := range all.Providers.Anthropic.OAuthCredentials {
		if credential.ID == "default" {
			return credential, nil
		}
	}
	return OAuthCredential{}, fmt.Errorf("%s has no login: run latchkey login", path)
}

func whoAmI(token string) error {
	api := os.Getenv("LATCHKEY_API_URL")
	if api == "" {
		api = "https://api.anthropic.com"
	}
	request, err := http.NewRequest("GET", api+"/api/oauth/profile", nil)
	if err != nil {
		return err
	}
	request.Header.Set("Authorization", "Bearer "+token)
	request.Header.Set("anthropic-beta", "oauth-2025-04-20")
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return fmt.Errorf("the service answered %s", answer.Status)
	}
	_, err = io.Copy(os.Stdout, answer.Body)
	return err
}
