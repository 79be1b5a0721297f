import './styles.css';

// The page comes with its first picture in it (draw-page.tsx). To run the script earlier would only hold that up.
new PerformanceObserver((_painted, observer) => {
  observer.disconnect();
  void import('./main.tsx');
}).observe({ type: 'paint', buffered: true });
